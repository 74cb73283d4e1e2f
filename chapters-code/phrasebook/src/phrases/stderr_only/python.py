import subprocess

cook = ["sh", "-c", "echo dal; echo too hot >&2; exit 3"]
stderr = subprocess.run(cook, stderr=subprocess.PIPE).stderr

print("taken:", stderr.decode(), end="")
