import os
import subprocess

subprocess.run(["sh", "./tool"], check=True)

try:
    subprocess.run(["tool"], env={"PATH": os.getcwd()})
    raise RuntimeError("Python had it run by sh")
except OSError as error:
    assert error.strerror == "Exec format error"
