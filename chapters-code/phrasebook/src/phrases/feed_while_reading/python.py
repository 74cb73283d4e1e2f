import subprocess
import threading

text = "a line\n" * 100_000
def feed():
    with child.stdin as stdin:
        stdin.write(text)
with subprocess.Popen(
    ["cat"], text=True,
    stdin=subprocess.PIPE, stdout=subprocess.PIPE,
) as child:
    threading.Thread(target=feed).start()
    letters = sum(len(line) - 1 for line in child.stdout)

print(f"{letters} letters")
