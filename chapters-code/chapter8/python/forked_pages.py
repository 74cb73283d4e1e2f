import mmap
import resource
import subprocess


def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def nothing():
    pass


size = 256 << 20
memory = mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.madvise(mmap.MADV_NOHUGEPAGE)
memory.write(b"1" * size)
for hook in (None, nothing):
    subprocess.run(["true"], preexec_fn=hook)
    before = faults()
    memory[::4096] = bytes(size // 4096)
    thousands = (faults() - before) // 1000
    name = "a preexec_fn" if hook else "none"
    print(f"with {name}: {thousands} thousand page faults")
