import fcntl
import subprocess


def is_free(lock):
    with open("lock", "w") as again:
        try:
            lock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            return False


for lock in fcntl.flock, fcntl.lockf:
    with open("lock", "w") as file:
        lock(file, fcntl.LOCK_EX)
        child = subprocess.Popen(["sleep", "60"], pass_fds=[file.fileno()])
    print(f"{lock.__name__}: free: {is_free(lock)}")
    child.kill()
    child.wait()
print(f"without the child: free: {is_free(fcntl.flock)}")
