import subprocess

done = subprocess.run(["echo", "Hello, subprocess!"], stdout=subprocess.PIPE)
print(len(done.stdout), "bytes:", done.stdout)
text = done.stdout.decode("utf-8")
print(text, end="")
