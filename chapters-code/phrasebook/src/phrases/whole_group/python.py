import os
import signal
import subprocess

child = subprocess.Popen(
    ["sh", "-c", "sleep 60 & wait"],
    stdout=subprocess.PIPE, start_new_session=True,
)
os.killpg(child.pid, signal.SIGKILL)
child.communicate()

print("all of them ended")
