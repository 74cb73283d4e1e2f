import subprocess

ls = subprocess.Popen(
    ["ls", "/nonexistent_directory"],
    stderr=subprocess.PIPE,
    text=True,
)
print("ls is on its way, returncode", ls.returncode)
out, err = ls.communicate()
print("stderr:", err, end="")
print("stdout:", out)
print("returncode", ls.returncode)
