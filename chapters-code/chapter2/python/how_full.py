import os

for size in [100, 2048, 2049, 65_536]:
    reader, writer = os.pipe()
    # A write without room will raise BlockingIOError instead of waiting.
    os.set_blocking(writer, False)
    held = 0
    try:
        while True:
            held += os.write(writer, b"x" * size)
    except BlockingIOError:
        print(f"writes of {size} bytes: full at {held} bytes")
    os.close(reader)
    os.close(writer)
