import subprocess

script = r"""printf '%s\n' "$1" | tr a-z A-Z"""
untrusted = "salt; echo gone"
subprocess.run(["sh", "-c", script, "sh", untrusted], check=True)
