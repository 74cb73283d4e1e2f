import os
import subprocess

talk = "echo Hello, World!; read word; exit 3"
child = subprocess.Popen(
    ["sh", "-c", talk],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
)
print(child.stdout.readline().decode(), end="")
print("while it runs: returncode", child.returncode, "poll()", child.poll())

child.stdin.close()
# Wait for the end, and do not collect the child: Python is not told.
os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
print("when it has ended: returncode", child.returncode)
print("poll()", child.poll(), "and then returncode", child.returncode)
