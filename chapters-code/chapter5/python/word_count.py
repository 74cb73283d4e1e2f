import subprocess

left, right = ["echo", "Hello, pipe!"], ["wc", "-w"]
# At its end, the block closes our reading end, and waits for `echo`.
with subprocess.Popen(left, stdout=subprocess.PIPE) as echo:
    # `stdin=echo.stdout` does what the `|` did. The call waits for `wc`.
    words = subprocess.check_output(right, stdin=echo.stdout, text=True)
print(words, end="")
