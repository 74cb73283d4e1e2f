import resource
import subprocess
from subprocess import PIPE

def usage():
    return resource.getrusage(resource.RUSAGE_SELF)

def seconds(usage):
    return usage.ru_utime + usage.ru_stime

for mib in [1, 200]:
    counter = b"x" * (mib * 1024 * 1024)
    cat = subprocess.Popen("cat", stdin=PIPE, stdout=PIPE, bufsize=0)
    before = usage()
    for _ in range(10_000):
        cat.stdin.write(b"?")
        cat.stdout.read(1)
    after = usage()
    print("with", len(counter), "bytes on the counter")
    print("over 1000 switches:", after.ru_nvcsw - before.ru_nvcsw > 1000)
    print("under 10 s of CPU time:", seconds(after) - seconds(before) < 10)
    cat.stdin.close()
    cat.wait()
