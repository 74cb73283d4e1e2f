import subprocess

echo = subprocess.run(
    ["echo", "hello"], check=True, stdout=subprocess.PIPE, text=True
)
text = echo.stdout

print(text, end="")
