import subprocess
import tempfile

cook = ["sh", "-c", "echo dal; echo too hot >&2; exit 3"]
with tempfile.TemporaryFile("w+") as kept:
    with subprocess.Popen(
        cook, text=True, stdout=subprocess.PIPE, stderr=kept
    ) as child:
        for line in child.stdout:
            print("a line:", line.rstrip("\n"))
    kept.seek(0)
    stderr = kept.read()

print(f"{stderr.rstrip()}: {child.returncode}")
