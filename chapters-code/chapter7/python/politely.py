import os
import signal
import subprocess


def end(child, grace):
    os.killpg(child.pid, signal.SIGTERM)
    try:
        return child.wait(grace)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        return child.wait()


for first in ["true", "trap '' TERM"]:
    script = f"{first}; sleep 60 & echo; wait"
    child = subprocess.Popen(
        ["sh", "-c", script],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    child.stdout.readline()
    print(script, "->", end(child, grace=1))
