import subprocess

cook = ["sh", "-c", "echo dal; echo too hot >&2"]
subprocess.run(
    cook, check=True,
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)
