import subprocess

text = subprocess.check_output(["echo", "hello"], text=True)

print(text, end="")
