import subprocess
import sys

cook = """
import sys
print("chop")
print("too hot", file=sys.stderr)
print("serve")
"""
for name, options in [("without -u", []), ("with -u", ["-u"])]:
    result = subprocess.run(
        # sys.executable is the program that runs this listing, python3.
        [sys.executable, *options, "-c", cook],
        stdout=subprocess.PIPE,
        # stderr goes into the pipe of stdout.
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(name, result.stdout.splitlines())
