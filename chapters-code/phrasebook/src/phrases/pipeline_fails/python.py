import subprocess

cook = ["sh", "-c", "echo half a dish; exit 3"]
with subprocess.Popen(cook, stdout=subprocess.PIPE) as sh:
    cat = subprocess.run(["cat"], stdin=sh.stdout)
failed = cat.returncode or sh.returncode
if failed:
    print("it failed:", failed)
