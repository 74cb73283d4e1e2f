import signal
import subprocess

TERM = {signal.SIGTERM}
SLEEP = ["sleep", "60"]

signal.pthread_sigmask(signal.SIG_BLOCK, TERM)
deaf = subprocess.Popen(SLEEP)
signal.pthread_sigmask(signal.SIG_UNBLOCK, TERM)
hears = subprocess.Popen(SLEEP)
signal.pthread_sigmask(signal.SIG_BLOCK, TERM)

# Two pairs of a name and a child.
for name, child in ("blocked", deaf), ("unblocked", hears):
    child.terminate()
    try:
        print(f"started while {name}:", child.wait(0.5))
    except subprocess.TimeoutExpired:
        print(f"started while {name}: still there after TERM")
        child.kill()
        child.wait()
