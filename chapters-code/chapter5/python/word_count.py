import subprocess

left, right = ["echo", "Hello, pipe!"], ["wc", "-w"]
with subprocess.Popen(left, stdout=subprocess.PIPE) as echo:
    words = subprocess.check_output(right, stdin=echo.stdout, text=True)
print(words, end="")
