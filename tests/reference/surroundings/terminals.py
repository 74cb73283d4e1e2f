"""A program on a terminal of its own, its keyboard and its screen."""

import os
import pty
import signal


class Terminal:
    """What runs on it starts as a login's shell does: at the head of a session."""

    def __init__(self, *words):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            # Python ignores the first two, whoever began all this with nohup the
            # third, and what is ignored goes over exec.
            for ignored in [signal.SIGPIPE, signal.SIGXFSZ, signal.SIGHUP]:
                signal.signal(ignored, signal.SIG_DFL)
            os.execvp(words[0], words)
        self.fresh = ""

    def types(self, text):
        os.write(self.master, text.encode())

    def more(self):
        """Whether there was more. On Linux EIO is the end of a terminal."""
        try:
            read = os.read(self.master, 4096)
        except OSError:
            return False
        self.fresh += read.decode(errors="replace")
        return bool(read)

    def until(self, text):
        """What came before this text, which is then behind us."""
        while text not in self.fresh:
            if not self.more():
                raise EOFError(f"{text!r} did not come, but {self.fresh!r}")
        before, self.fresh = self.fresh.split(text, 1)
        return before

    def closes(self):
        os.close(self.master)

    def rest(self):
        """What else it shows, to its end."""
        while self.more():
            pass
        return self.fresh

    def ends(self):
        """What else it shows, and how it ends: negative for a signal."""
        return self.rest().replace("\r\n", "\n"), self.status()

    def status(self):
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def state(pid):
    """Its letter in /proc, or none if it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0]
    except OSError:
        return None


def until_state(pid, *letters):
    while (it := state(pid)) not in letters:
        pass
    return it


def until_comm(pid, name):
    while open(f"/proc/{pid}/comm").read().strip() != name:
        pass


CALLS = {"x86_64": {"write": 1}, "aarch64": {"write": 64}}


def until_asleep(pid, call):
    """It is in this call, and asleep: what it was to do, it does not."""
    number = str(CALLS[os.uname().machine][call])
    while state(pid) != "S" or open(f"/proc/{pid}/syscall").read().split()[0] != number:
        pass
