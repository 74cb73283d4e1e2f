import subprocess

cook = ["sh", "-c", "echo no salt >&2; exit 3"]
try:
    subprocess.run(
        cook, check=True, stderr=subprocess.PIPE, text=True
    )
except subprocess.CalledProcessError as error:
    print("it failed:", error.stderr.rstrip())
