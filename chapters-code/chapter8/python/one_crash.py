import ctypes
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

IN_A_THREAD = """
import ctypes, threading
cook = threading.Thread(target=ctypes.string_at, args=[0])
cook.start()
cook.join()
print("the others go on")
"""

if __name__ == "__main__":
    # A Python of its own, so that the crash does not end this one.
    run = subprocess.run([sys.executable, "-c", IN_A_THREAD])
    # The exit status, or minus the number of the signal.
    print("by a thread: returncode", run.returncode)
    # A pool of one child process.
    with ProcessPoolExecutor(1) as kitchen:
        try:
            kitchen.submit(ctypes.string_at, 0).result()
        except BrokenProcessPool:
            print("by a child: we go on, without the child")
