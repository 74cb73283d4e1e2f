import fcntl
import sys
import termios
from subprocess import PIPE, Popen

TALK = r"""
import sys
print("one\ntwo")
sys.stderr.write("printed\n")
sys.stdin.readline()
"""

def in_the_pipe():
    count = fcntl.ioctl(child.stdout, termios.FIONREAD, bytes(4))
    return int.from_bytes(count, sys.byteorder)

child = Popen(["python3", "-c", TALK], stdin=PIPE, stdout=PIPE, stderr=PIPE)
child.stderr.readline()
print("after its print:", in_the_pipe(), "in the pipe")
child.stdin.close()
child.wait()
print("after its exit:", in_the_pipe(), "in the pipe")
child.stdout.readline()
buffered = len(child.stdout.peek())
print("after a readline:", in_the_pipe(), "in the pipe,", buffered, "here")
