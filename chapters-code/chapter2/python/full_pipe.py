import subprocess

for size in ["65536", "65537"]:
    child = subprocess.Popen(
        ["sh", "-c", f"printf %{size}s >&2; echo finished"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        # If the child still runs after a second, wait raises TimeoutExpired.
        child.wait(timeout=1)
        print(size, "bytes of warnings: ended by itself")
    except subprocess.TimeoutExpired:
        print(size, "bytes of warnings: still running after a second")
    # communicate reads both streams at the same time.
    out, err = child.communicate()
    print("read", out, "and", len(err), "bytes, status", child.returncode)
