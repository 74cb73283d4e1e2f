import subprocess

with subprocess.Popen(
    ["echo", "done"], stdout=subprocess.PIPE, text=True
) as job:
    print("meanwhile")
    output, _ = job.communicate()
if job.returncode != 0:
    raise RuntimeError(f"echo: {job.returncode}")

print("it says:", output, end="")
