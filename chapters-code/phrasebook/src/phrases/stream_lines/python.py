import subprocess

printf = ["printf", r"one\ntwo\n"]
with subprocess.Popen(
    printf, stdout=subprocess.PIPE, text=True
) as child:
    for line in child.stdout:
        print("a line:", line.rstrip("\n"))
if child.returncode != 0:
    raise RuntimeError(f"printf: {child.returncode}")
