import subprocess

fruit = ["printf", r"pear\napple\n"]
with subprocess.Popen(fruit, stdout=subprocess.PIPE) as printf:
    subprocess.run(["sort"], stdin=printf.stdout, check=True)
if printf.returncode != 0:
    raise RuntimeError(f"printf: {printf.returncode}")
