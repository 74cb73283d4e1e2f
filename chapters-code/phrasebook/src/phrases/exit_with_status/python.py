import subprocess
import sys

code = subprocess.run(["sh", "-c", "exit 3"]).returncode
sys.exit(code if code >= 0 else 128 - code)
