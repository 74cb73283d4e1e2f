import os
import subprocess


def zombies(pids):
    # A pid that has been waited for has no folder in /proc.
    return sum(os.path.exists(f"/proc/{pid}") for pid in pids)


children = [subprocess.Popen(["true"]) for _ in range(50)]
pids = [child.pid for child in children]
for pid in pids:
    # WNOWAIT waits for the end, and leaves the status where it is.
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
print("all have ended:", zombies(pids))

for child in children[:20]:
    child.poll()
print("20 asked:", zombies(pids))

# The name `child` still holds the twentieth `Popen`.
del children, child
print("the others dropped:", zombies(pids))
