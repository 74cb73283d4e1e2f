import os
from signal import Signals

for descriptor, name in enumerate(["stdin", "stdout", "stderr"]):
    print(name, os.readlink(f"/proc/self/fd/{descriptor}").split(":[")[0])
try:
    terminal = os.open("/dev/tty", os.O_RDWR)
    front = os.tcgetpgrp(terminal) == os.getpgrp()
    print("terminal", "foreground" if front else "background")
except OSError as error:
    print("terminal none:", error.strerror)

whose = {True: "its own", False: "another's"}
print("group", whose[os.getpgrp() == os.getpid()])
print("session", whose[os.getsid(0) == os.getpid()])

status = dict(line.split(":", 1) for line in open("/proc/self/status"))
for line in ["SigIgn", "SigBlk"]:
    mask = int(status[line], 16)
    print(line, *[it.name for it in Signals if mask >> (it - 1) & 1])
parent = os.getppid()
print("parent", parent and open(f"/proc/{parent}/comm").read().strip())
