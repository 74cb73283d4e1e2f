import mmap
import resource
import subprocess


def faults():
    # The number of page faults of this process
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def nothing():
    pass


size = 256 << 20
# 256 MiB from the kernel
memory = mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
# Ask for small pages.
memory.madvise(mmap.MADV_NOHUGEPAGE)
memory.write(b"1" * size)
for hook in (None, nothing):
    subprocess.run(["true"], preexec_fn=hook)
    before = faults()
    # Write to every 4,096th byte, so to each page once.
    memory[::4096] = bytes(size // 4096)
    thousands = (faults() - before) // 1000
    name = "a preexec_fn" if hook else "none"
    print(f"with {name}: {thousands} thousand page faults")
