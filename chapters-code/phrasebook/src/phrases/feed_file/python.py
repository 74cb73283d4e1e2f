import subprocess

with open("names") as names:
    subprocess.run(["sort"], stdin=names, check=True)
