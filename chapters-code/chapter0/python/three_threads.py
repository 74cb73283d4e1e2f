import os
import threading

dishes = []
taste = threading.Barrier(3)

def cook(dish):
    dishes.append((os.getpid(), threading.get_native_id()))
    taste.wait()  # until all three are here
    taste.wait()

for dish in ["rice", "naan"]:
    threading.Thread(target=cook, args=[dish]).start()

dishes.append((os.getpid(), threading.get_native_id()))
taste.wait()
print(len({pid for pid, thread in dishes}), "process")
threads = {thread for pid, thread in dishes}
print(len(threads), "threads")
print(len(os.listdir("/proc/self/task")), "records in the kernel")
print("one has the process's number:", os.getpid() in threads)
taste.wait()
