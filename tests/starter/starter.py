"""The twin of `starter`, in Python: it starts a program under conditions that
hold for it alone, and tells what came of it."""

import ctypes
import json
import os
import resource
import signal
import struct
import subprocess
import sys


def bring_about(condition):
    if condition == "folder_removed":
        os.mkdir("gone")
        os.chdir("gone")
        os.rmdir("../gone")
        return
    if condition == "child_signal_ignored":
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        return
    if condition == "no_descriptor_left":
        free = os.dup(0)
        os.close(free)
        maximum = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (free + 16, maximum))
        try:
            while True:
                os.dup(0)
        except OSError:
            return
    if condition == "first_process_ended":
        unshare(0x20000000)
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        return
    [(name, value)] = condition.items()
    if name == "writes":
        os.open(value, os.O_WRONLY)
    elif name == "limit":
        number, limit = value
        resource.setrlimit(number, (limit, limit))
    elif name == "not_root":
        become_user(value)
    elif name == "another_of":
        ready, tell = os.pipe()
        end, kept = os.pipe()
        if os.fork() == 0:
            os.close(kept)
            become_user(value)
            os.close(tell)
            os.read(end, 1)
            os._exit(0)
        os.close(tell)
        os.read(ready, 1)
    elif name == "nothing_executable":
        unshare(0x20000)
        folder = value.encode()
        succeeded(libc.mount(folder, folder, None, 0x1000, None))
        if libc.mount(folder, folder, None, 0x1028, None) != 0:
            succeeded(libc.mount(folder, folder, None, 0x102E, None))
    elif name == "filter":
        instructions = b"".join(struct.pack("HBBI", *it) for it in value)
        buffer = ctypes.create_string_buffer(instructions)
        # struct sock_fprog: a length, and a pointer at its own alignment.
        program = struct.pack("HP", len(value), ctypes.addressof(buffer))
        succeeded(libc.prctl(38, 1, 0, 0, 0))
        succeeded(libc.prctl(22, 2, ctypes.c_char_p(program)))
    else:
        raise ValueError(name)


def become_user(user):
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


def unshare(namespace):
    users = 0 if os.geteuid() == 0 else 0x10000000
    succeeded(libc.unshare(namespace | users))


def succeeded(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def begin(start):
    more = {}
    if start["folder"] is not None:
        more["cwd"] = start["folder"]
    if start["environment"]:
        more["env"] = os.environ | start["environment"]
    if start["user"] is not None:
        more["user"] = start["user"]
    if start["user_name"] is not None:
        more["user"] = start["user_name"]
    if start["group"] is not None:
        more["process_group"] = start["group"]
    if start["fails_before_exec"]:
        more["preexec_fn"] = lambda: 1 // 0
    if start["stdin_null"]:
        more["stdin"] = subprocess.DEVNULL
    if start["stdout_pipe"]:
        more["stdout"] = subprocess.PIPE
    if start["stdin_path"] is not None:
        more["stdin"] = open(start["stdin_path"], "rb")
    if start["stdout_path"] is not None:
        more["stdout"] = open(start["stdout_path"], "wb")
    words = [start["program"], *start["arguments"]]
    if start["number"]:
        words.append(1)
    if start["nothing"]:
        words = []
    return subprocess.run(words, **more)


libc = ctypes.CDLL(None, use_errno=True)
start = json.load(sys.stdin)
for condition in start["conditions"]:
    bring_about(condition)
try:
    outcome = {"status": str(begin(start).returncode)}
except Exception as error:
    outcome = {"error": f"{type(error).__name__}: {error}"}
print()
print(json.dumps(outcome))
