import fcntl
import os

for size in [None, 4096, 100_000, 1_048_576]:
    reader, writer = os.pipe()
    if size:
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, size)
    # From here on, a write does not wait for room: it writes what fits.
    os.set_blocking(writer, False)
    held = os.write(writer, bytes(2_000_000))
    taken = len(os.read(reader, 2_000_000))
    print(f"{size or 'default'}: holds {held}, one read takes {taken}")
