import queue
import subprocess
import threading

tone = "sine=frequency=440:sample_rate=16000:duration=1.05"
options = f"-nostdin -loglevel error -re -f lavfi -i {tone} -f s16le -"
ffmpeg = subprocess.Popen(
    ["ffmpeg", *options.split(" ")], stdout=subprocess.PIPE
)
chunks = queue.Queue(maxsize=4)


def produce():
    while chunk := ffmpeg.stdout.read(3200):
        chunks.put(chunk)
    chunks.put(b"")


threading.Thread(target=produce).start()
while chunk := chunks.get():
    print(len(chunk), "bytes")
print("exit", ffmpeg.wait())
