import subprocess

text = subprocess.check_output(
    ["printf", r"caf\351 au lait\n"],
    encoding="utf-8", errors="replace",
)

print(text, end="")
