import subprocess

result = subprocess.run(
    ["ls", "-l", "/nonexistent_directory"],
    capture_output=True,
    text=True,
)
print("stdout:", repr(result.stdout))
print("stderr:", repr(result.stderr))
print("status:", result.returncode)
