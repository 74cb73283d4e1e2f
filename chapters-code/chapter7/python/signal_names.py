import signal
import subprocess


def names(digits):
    # The lowest bit stands for signal 1.
    bits = int(digits, 16)
    return [s.name for s in signal.Signals if bits >> (s - 1) & 1]


options = ["--default-signal", "--ignore-signal=CHLD", "--block-signal=TERM"]
sleep = subprocess.Popen(["env", *options, "sleep", "60"])
folder = f"/proc/{sleep.pid}/"
# Wait until `env` has become `sleep`.
while sleep.poll() is None and open(folder + "comm").read() != "sleep\n":
    pass
for line in open(folder + "status"):
    field, value = line.split(":", 1)
    if field in ["SigBlk", "SigIgn", "SigCgt"]:
        print(field, names(value))
sleep.kill()
sleep.wait()
