import subprocess

greeting = subprocess.run(
    ["echo", "Hello, World!"], capture_output=True, text=True
)
print(greeting.stdout, end="")
