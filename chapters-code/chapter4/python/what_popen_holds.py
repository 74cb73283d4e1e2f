import subprocess

child = subprocess.Popen(["echo", "straight through"])
child.wait()
print("not asked for:", child.stdout)

child = subprocess.Popen(["echo", "captured"], stdout=subprocess.PIPE)
print("asked for:", type(child.stdout).__name__, child.stdout.read())
child.wait()

print("PIPE is", subprocess.PIPE)
