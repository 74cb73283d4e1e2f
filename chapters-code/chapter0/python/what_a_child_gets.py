import os
import signal
import subprocess

# Ignore USR1.
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
# Handle USR2, by a function that does nothing.
signal.signal(signal.SIGUSR2, lambda *_: None)
# Block TERM.
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
# `private` and `shared` are the descriptors of two open files.
private = os.open("/dev/null", os.O_RDONLY)
shared = os.open("/dev/null", os.O_RDONLY)
# `shared` is to stay open in the programs of the children.
os.set_inheritable(shared, True)

def child(script):
    # close_fds=False: subprocess closes no descriptors in the child.
    return subprocess.run(["sh", "-c", script], close_fds=False).returncode

# The child sends itself the signal. If it is still alive, it exits with 0.
print("an ignored signal:", child("kill -USR1 $$; exit 0"))
print("a handled signal:", child("kill -USR2 $$; exit 0"))
print("a blocked signal:", child("kill -TERM $$; exit 0"))
print("SIGPIPE:", child("kill -PIPE $$; exit 0"))
# `test -e` exits with 0 if the child has the descriptor, and with 1 if not.
print("a private descriptor:", child(f"test -e /dev/fd/{private}"))
print("a shared descriptor:", child(f"test -e /dev/fd/{shared}"))
