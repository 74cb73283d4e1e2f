import subprocess

jobs = []
for dish in ["dal", "raita", "naan"]:
    echo = ["echo", dish]
    jobs.append(subprocess.Popen(echo, stdout=subprocess.PIPE))
for job in jobs:
    output, _ = job.communicate()
    if job.returncode != 0:
        raise RuntimeError(f"echo: {job.returncode}")
    print(output.decode(), end="")
