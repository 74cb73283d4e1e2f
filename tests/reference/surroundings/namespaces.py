"""A program as process 1 of a PID namespace: what a container's is to the kernel."""

import ctypes
import os
import subprocess
import sys

CLONE_NEWPID = 0x20000000


def namespace(*words):
    """Its parent is we, so that its status is told as it is: `unshare --fork` does
    not pass on that a signal ended it. Whoever calls this can start nothing else."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWPID) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    pipe = subprocess.PIPE
    return subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True)


def apart(do, *of):
    """In a process of its own, where it may call `namespace`."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            do(*of)
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.waitpid(child, 0)
