import os
import pty
import subprocess

master, slave = pty.openpty()
child = subprocess.Popen(["echo", "hello"], stdout=slave)
# The child has a copy of the slave. Close ours.
os.close(slave)
try:
    while data := os.read(master, 1024):
        print(data)
    print("the end of file")
except OSError as error:
    print(error)
print("status", child.wait())
