import os
import subprocess
import threading
from glob import glob
from pathlib import Path
from signal import SIGKILL

lock = threading.Lock()


def start(**argument):
    call = threading.Thread(target=lambda: subprocess.run("true", **argument))
    call.start()
    call.join(1)
    # `*argument` is the name of the argument.
    print(*argument, "has returned:", not call.is_alive())


def command_line(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes()


with lock:
    start(start_new_session=True)
    start(preexec_fn=lock.acquire)
    # Each thread has a file with the pids of its children.
    for children in glob("/proc/self/task/*/children"):
        for pid in Path(children).read_text().split():
            same = command_line(pid) == command_line("self")
            print("a child with my name:", same)
            os.kill(int(pid), SIGKILL)
