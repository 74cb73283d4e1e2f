import os
import signal
import subprocess

signal.signal(signal.SIGUSR1, signal.SIG_IGN)
signal.signal(signal.SIGUSR2, lambda *_: None)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
closed = os.open("/dev/null", os.O_RDONLY)
kept = os.open("/dev/null", os.O_RDONLY)
os.set_inheritable(kept, True)

def child(script, *args):
    command = ["sh", "-c", script, "sh", *map(str, args)]
    return subprocess.run(command, close_fds=False).returncode

print("an ignored signal:", child("kill -USR1 $$; exit 0"))
print("a handled signal:", child("kill -USR2 $$; exit 0"))
print("a blocked signal:", child("kill -TERM $$; exit 0"))
print("SIGPIPE:", child("kill -PIPE $$; exit 0"))
print("a descriptor:", child("test -e /dev/fd/$1", closed))
print("an inheritable one:", child("test -e /dev/fd/$1", kept))
