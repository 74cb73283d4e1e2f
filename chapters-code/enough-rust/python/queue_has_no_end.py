import queue
import subprocess
import threading

heard = queue.Queue()


def listen(dish):
    with subprocess.Popen(["echo", dish], stdout=subprocess.PIPE) as cook:
        for line in cook.stdout:
            heard.put(line)


threads = [threading.Thread(target=listen, args=[d]) for d in ("dal", "naan")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(heard.get() for _ in threads))
try:
    heard.get(timeout=1)
except queue.Empty:
    print("nobody is left who could put, and get would wait for ever")
heard.put(None)
print("the end, by agreement:", list(iter(heard.get, None)))
