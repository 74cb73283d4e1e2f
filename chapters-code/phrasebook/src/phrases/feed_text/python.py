import subprocess

words = "pear\napple\n"
output = subprocess.check_output(["sort"], input=words, text=True)

print(output, end="")
