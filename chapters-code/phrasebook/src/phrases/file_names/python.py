import subprocess

name = "-n"
subprocess.run(["cat", "--", name], check=True)
