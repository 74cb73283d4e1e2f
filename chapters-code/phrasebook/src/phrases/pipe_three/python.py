import subprocess
from subprocess import PIPE, Popen

fruit = ["printf", r"pear\napple\npear\n"]
with (
    Popen(fruit, stdout=PIPE) as printf,
    Popen(["sort"], stdin=printf.stdout, stdout=PIPE) as sort,
):
    printf.stdout.close()
    subprocess.run(["uniq"], stdin=sort.stdout, check=True)
if printf.returncode or sort.returncode:
    raise RuntimeError("the left or the middle one failed")
