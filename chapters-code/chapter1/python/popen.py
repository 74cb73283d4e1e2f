import subprocess

# The example of the notes: up to the first `print`.
process = subprocess.Popen(["echo", "Hello, World!"], stdout=subprocess.PIPE)
output = process.stdout.readline()
print(output.decode("utf-8"))
# Is there a status before `wait`, and after it?
print("status so far:", process.returncode)
print("status:", process.wait())

# A child whose output nobody asked for: what is its `stdout`?
unasked = subprocess.Popen(["true"])
print("stdout without PIPE:", unasked.stdout)
unasked.wait()
# Does the name exist with a small letter?
print("subprocess.popen exists:", hasattr(subprocess, "popen"))
