import subprocess

sleep = subprocess.Popen(["sleep", "60"])
runs = sleep.poll() is None

assert runs
sleep.kill()
sleep.wait()
assert sleep.poll() is not None
