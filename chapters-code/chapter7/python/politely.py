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


for script in ["echo; sleep 60", "trap '' TERM; echo; sleep 60"]:
    child = subprocess.Popen(
        ["sh", "-c", script],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    child.stdout.readline()
    print(script, "->", end(child, grace=1))
