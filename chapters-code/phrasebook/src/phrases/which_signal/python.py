import subprocess

code = subprocess.run(["sh", "-c", "kill -TERM $$"]).returncode
if code < 0:
    print(f"ended by signal {-code}")
