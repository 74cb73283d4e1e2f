import os
import resource
import time
from subprocess import PIPE, Popen

def switches():
    # RUSAGE_SELF: this process only. The sum has both kinds of switches.
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_nvcsw + usage.ru_nivcsw

one_cpu = min(os.sched_getaffinity(0))
# Bind this process to one CPU. `cat` inherits that.
os.sched_setaffinity(0, [one_cpu])
memory = b"x" * (200 * 1024 * 1024)
# process_time is the CPU time of this process, without that of `cat`.
start = time.process_time()
# One copy. Only its time is needed, so the copy is not kept.
bytearray(memory)
one_copy = time.process_time() - start

cat = Popen("cat", stdin=PIPE, stdout=PIPE, bufsize=0)
before, start = switches(), time.process_time()
for _ in range(10_000):
    cat.stdin.write(b"?")
    cat.stdout.read(1)
trips = time.process_time() - start
print("10,000 switches or more:", switches() - before >= 10_000)
print("100 copies take longer:", 100 * one_copy > trips)
cat.communicate()
