import subprocess

grep = ["grep", "-q", "sugar", "recipe.txt"]
code = subprocess.run(grep).returncode
if code not in (0, 1):
    raise RuntimeError("grep could not look")
print("no sugar in it" if code else "there is sugar in it")
