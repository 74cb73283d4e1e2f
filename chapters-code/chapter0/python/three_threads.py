import os
import threading

pids = [os.getpid()]
counted = threading.Event()

def cook():
    pids.append(os.getpid())
    counted.wait()  # stay alive until counted.set()

threads = [threading.Thread(target=cook), threading.Thread(target=cook)]
for thread in threads:
    thread.start()
# The kernel's records of threads, while all three threads are alive.
records = os.listdir("/proc/self/task")
counted.set()
for thread in threads:
    thread.join()

print("pids that were noted:", len(pids))
print("different pids:", len(set(pids)))
print("records in the kernel:", len(records))
print("one has the process's number:", str(os.getpid()) in records)
