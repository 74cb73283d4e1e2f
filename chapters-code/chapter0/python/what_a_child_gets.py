import os
import signal
import subprocess

signal.signal(signal.SIGUSR1, signal.SIG_IGN)
signal.signal(signal.SIGUSR2, lambda *_: None)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
private = os.open("/dev/null", os.O_RDONLY)
shared = os.open("/dev/null", os.O_RDONLY)
os.set_inheritable(shared, True)

def child(script):
    # close_fds=False: subprocess closes no descriptors in the child.
    return subprocess.run(["sh", "-c", script], close_fds=False).returncode

print("an ignored signal:", child("kill -USR1 $$; exit 0"))
print("a handled signal:", child("kill -USR2 $$; exit 0"))
print("a blocked signal:", child("kill -TERM $$; exit 0"))
print("SIGPIPE:", child("kill -PIPE $$; exit 0"))
print("a private descriptor:", child(f"test -e /dev/fd/{private}"))
print("a shared descriptor:", child(f"test -e /dev/fd/{shared}"))
