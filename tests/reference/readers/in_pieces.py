"""A child that goes on when what it has written has been taken."""

import array
import fcntl
import os
import select
import sys
import termios
import time


def say(piece):
    """Returns when the reader has emptied the pipe, or left it."""
    os.write(1, piece)
    left = select.poll()
    left.register(1, 0)
    waits = array.array("i", [1])
    while waits[0] and not left.poll(0):
        time.sleep(0.001)
        fcntl.ioctl(1, termios.FIONREAD, waits)


try:
    if sys.argv[1] == "goes on":
        for piece in [b"one\nha", b"lf\n", b"end\n"]:
            say(piece)
    else:
        say(b"half ")
        os.write(2, b"taken\n")
        sys.stdin.read(1)
        os.write(1, b"and half\n")
except BrokenPipeError:
    pass
