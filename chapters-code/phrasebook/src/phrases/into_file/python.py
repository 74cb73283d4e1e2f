import subprocess

with open("out.txt", "wb") as out:
    subprocess.run(["echo", "hello"], check=True, stdout=out)
