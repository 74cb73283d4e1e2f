import os
import subprocess

child = subprocess.Popen(["python3", "script.py"], stderr=subprocess.DEVNULL)
# Wait until the child has ended, and leave its status in the kernel.
os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

# The kernel tells the state of a process in this file.
with open(f"/proc/{child.pid}/status") as status:
    for line in status:
        if line.startswith("State:"):
            print(line, end="")
print("returncode:", child.returncode)
child.wait()
print("returncode after wait:", child.returncode)
