import subprocess
import sys

cook = """
import sys
print("chop")
print("too hot", file=sys.stderr)
print("serve")
"""
for how in [[], ["-u"]]:
    result = subprocess.run(
        [sys.executable, *how, "-c", cook],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(how, result.stdout.split("\n"))
