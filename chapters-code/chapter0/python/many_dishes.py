import os
import subprocess
import time

children = [subprocess.Popen(["sleep", "60"]) for _ in range(100)]

# The word after "State:" in the kernel's record of a process.
def state(pid):
    with open(f"/proc/{pid}/status") as status:
        return status.read().split("State:")[1].split()[0]

# Look again as long as a child is in another state than S.
while any(state(child.pid) != "S" for child in children):
    time.sleep(0.01)
print("asleep:", [state(child.pid) for child in children].count("S"))
print("this process:", state(os.getpid()))
for child in children:
    child.kill()
    child.wait()
