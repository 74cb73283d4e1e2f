import subprocess

sleep = subprocess.Popen(["sleep", "60"])
sleep.terminate()
status = sleep.wait()

print(f"ended by signal {-status}")
