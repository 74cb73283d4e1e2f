import subprocess

with open("log", "ab") as log:
    subprocess.run(["echo", "today"], check=True, stdout=log)
