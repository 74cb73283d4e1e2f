import subprocess

text = subprocess.check_output(
    ["echo", "hello"], timeout=10, text=True
)

print(text, end="")
