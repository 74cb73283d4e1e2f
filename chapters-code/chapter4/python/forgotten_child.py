import os
import subprocess

child = subprocess.Popen(["python3", "script.py"], stderr=subprocess.DEVNULL)
os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

with open(f"/proc/{child.pid}/stat") as stat:
    print("state:", stat.read().rsplit(")")[-1].split()[0])
print("returncode:", child.returncode)
child.wait()
print("returncode after wait:", child.returncode)
