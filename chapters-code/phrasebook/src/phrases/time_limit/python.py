import subprocess

sleep = subprocess.Popen(["sleep", "60"])
try:
    sleep.wait(timeout=0.1)
except subprocess.TimeoutExpired:
    sleep.kill()
status = sleep.wait()

print(f"ended by signal {-status}")
