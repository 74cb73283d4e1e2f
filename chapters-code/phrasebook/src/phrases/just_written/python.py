import errno
import os
import subprocess
import time

with open("tool", "w") as tool:
    tool.write("#!/bin/sh\necho hello\n")
os.chmod("tool", 0o755)
while True:
    try:
        subprocess.run(["./tool"], check=True)
        break
    except OSError as error:
        if error.errno != errno.ETXTBSY:
            raise
    time.sleep(0.002)
