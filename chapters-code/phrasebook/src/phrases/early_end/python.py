import subprocess

with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as yes:
    subprocess.run(["head", "-n1"], stdin=yes.stdout, check=True)
