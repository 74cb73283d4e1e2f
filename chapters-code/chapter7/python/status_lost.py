import signal
import subprocess

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
done = subprocess.run(["false"], check=True)
print("SIGCHLD ignored:", done.returncode)

signal.signal(signal.SIGCHLD, signal.SIG_DFL)
done = subprocess.run(["false"])
print("at its default:", done.returncode)
