import os
import pty
import signal
import subprocess

pid, terminal = pty.fork()
# The original process plays the person who types. Its `pid` is not 0.
if pid != 0:
    screen = open(terminal, "r+b", buffering=0)
    print(screen.readline().decode().replace("\r\n", "\n"), end="")
    screen.write(b"masala\n")
    os.waitpid(pid, 0)
    print(screen.read(1024).decode().replace("\r\n", "\n"), end="")
    raise SystemExit

# The new process is the program. Its `pid` is 0.
ask = ["sh", "-c", 'read word </dev/tty; echo "heard $word"']
# 1. Start the child in a group of its own.
child = subprocess.Popen(ask, process_group=0)
_, status = os.waitpid(child.pid, os.WUNTRACED)
print("stopped by", signal.Signals(os.WSTOPSIG(status)).name, flush=True)
# 2. Lend the terminal to the child's group, and let the group go on.
os.tcsetpgrp(0, child.pid)
os.killpg(child.pid, signal.SIGCONT)
# 3. Wait until the child has ended.
print("status", child.wait())
# 4. Take the terminal back, with TTOU ignored.
before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
os.tcsetpgrp(0, os.getpgrp())
signal.signal(signal.SIGTTOU, before)
print("ours again:", os.tcgetpgrp(0) == os.getpgrp())
