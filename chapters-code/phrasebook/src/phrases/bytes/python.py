import subprocess

data = subprocess.check_output(["printf", r"\000\377"])

print(list(data))
