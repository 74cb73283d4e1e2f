import subprocess

cook = ["sh", "-c", "echo chop; echo too hot >&2; echo serve"]
with open("log", "wb") as log:
    subprocess.run(
        cook, check=True, stdout=log, stderr=subprocess.STDOUT
    )
