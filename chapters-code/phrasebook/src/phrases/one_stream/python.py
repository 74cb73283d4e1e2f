import subprocess

cook = ["sh", "-c", "echo chop; echo too hot >&2; echo serve"]
text = subprocess.check_output(
    cook, stderr=subprocess.STDOUT, text=True
)

print(", ".join(text.splitlines()))
