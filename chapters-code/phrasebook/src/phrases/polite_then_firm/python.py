import subprocess

sleep = subprocess.Popen(["sleep", "60"])
sleep.terminate()
try:
    sleep.wait(timeout=5)
except subprocess.TimeoutExpired:
    sleep.kill()
status = sleep.wait()

print(f"ended by signal {-status}")
