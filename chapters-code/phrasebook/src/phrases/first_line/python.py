import subprocess

with subprocess.Popen(
    ["yes"], stdout=subprocess.PIPE, text=True
) as yes:
    line = yes.stdout.readline()
    yes.kill()

print(line, end="")
