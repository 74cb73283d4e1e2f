import subprocess

process = subprocess.Popen(["echo", "Hello, World!"], stdout=subprocess.PIPE)
output = process.stdout.readline()
print(output.decode("utf-8"))
print("status so far:", process.returncode)
print("status:", process.wait())

unasked = subprocess.Popen(["true"])
print("stdout without PIPE:", unasked.stdout)
unasked.wait()
print("subprocess.popen exists:", hasattr(subprocess, "popen"))
