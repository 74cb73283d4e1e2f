import subprocess

sleep = subprocess.Popen(["sleep", "60"])
sleep.kill()
status = sleep.wait()

print(f"ended by signal {-status}")
