import subprocess

with open("secret") as secret:
    fd = secret.fileno()
    subprocess.run(
        ["cat", f"/dev/fd/{fd}"], pass_fds=[fd], check=True
    )
