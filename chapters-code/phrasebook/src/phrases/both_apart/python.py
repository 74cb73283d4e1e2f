import subprocess

cook = ["sh", "-c", "echo dal; echo too hot >&2; exit 3"]
output = subprocess.run(cook, capture_output=True, text=True)

stdout, stderr = output.stdout.rstrip(), output.stderr.rstrip()
print(f"{stdout} and {stderr}: {output.returncode}")
