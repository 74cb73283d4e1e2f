import os
import pty
import signal
import subprocess

pid, terminal = pty.fork()
if pid != 0:
    print(os.read(terminal, 1024).decode(), end="")
    os.write(terminal, b"masala\n")
    os.waitpid(pid, 0)
    print(os.read(terminal, 1024).decode(), end="")
    raise SystemExit

ask = ["sh", "-c", 'read word </dev/tty; echo "heard $word"']
child = subprocess.Popen(ask, process_group=0)
_, status = os.waitpid(child.pid, os.WUNTRACED)
print("stopped by", signal.Signals(os.WSTOPSIG(status)).name, flush=True)

os.tcsetpgrp(0, child.pid)
os.killpg(child.pid, signal.SIGCONT)
print("status", child.wait())
before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
os.tcsetpgrp(0, os.getpgrp())
signal.signal(signal.SIGTTOU, before)
print("ours again:", os.tcgetpgrp(0) == os.getpgrp())
