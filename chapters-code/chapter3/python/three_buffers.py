import fcntl
from array import array
from subprocess import PIPE, Popen
from termios import FIONREAD

TALK = r"""
import sys
print("one\ntwo")
sys.stderr.write("printed\n")
sys.stdin.readline()
"""

def in_pipe(pipe):
    count = array("i", [0])
    # Asks the kernel how many bytes the pipe holds.
    fcntl.ioctl(pipe, FIONREAD, count)
    return count[0]

child = Popen(["python3", "-c", TALK], stdin=PIPE, stdout=PIPE, stderr=PIPE)
# When this line comes, the child's print has returned.
child.stderr.readline()
print("after print:   ", in_pipe(child.stdout), "in the pipe")
# The child waits for its stdin. Closing it lets the child exit.
child.stdin.close()
child.wait()
print("after exit:    ", in_pipe(child.stdout), "in the pipe")
child.stdout.readline()
# peek() returns what the file has read and not yet handed out.
left = len(child.stdout.peek())
print("after readline:", in_pipe(child.stdout), "in the pipe,", left, "in the reader")
