import os
import subprocess
import threading
from glob import glob
from pathlib import Path
from signal import SIGKILL

lock = threading.Lock()


def start(**how):
    call = threading.Thread(target=lambda: subprocess.run("true", **how))
    call.start()
    call.join(1)
    print(*how, "has returned:", not call.is_alive())


with lock:
    start(start_new_session=True)
    start(preexec_fn=lock.acquire)
    for children in glob("/proc/self/task/*/children"):
        for pid in Path(children).read_text().split():
            name = Path(f"/proc/{pid}/cmdline").read_bytes()
            same = name == Path("/proc/self/cmdline").read_bytes()
            print("a child with my name:", same)
            os.kill(int(pid), SIGKILL)
