import subprocess

cook = ["sh", "-c", "echo dal; echo too hot >&2"]
with subprocess.Popen(
    cook, text=True,
    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
) as child:
    for line in child.stderr:
        print("it says:", line.rstrip("\n"))
if child.returncode != 0:
    raise RuntimeError(f"sh: {child.returncode}")
