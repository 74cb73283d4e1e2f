"""Whom each call of Python waits for: the child, or all who hold its pipe.

Prints the call and the answer, as a line of JSON.
"""

import asyncio
import json
import os
import subprocess
import threading
from asyncio.subprocess import PIPE

# Its own child holds the pipe, until the gate is closed or says a word.
SCRIPT = "read go; { read x; echo late; } <&GATE & echo $$ >&PIDS; echo word"


class Family:
    """A child that leaves, and one of its own that does not."""

    def __init__(self):
        its_gate, self.gate = os.pipe()
        self.pids, its_pids = os.pipe()
        script = SCRIPT.replace("GATE", str(its_gate)).replace("PIDS", str(its_pids))
        self.words = ["bash", "-c", script]
        self.fds = [its_gate, its_pids]

    def let_go(self):
        os.write(self.gate, b"\n")

    def child_has_left(self):
        pid = int(os.read(self.pids, 20))
        while True:
            try:
                with open(f"/proc/{pid}/stat") as stat:
                    if ") Z " in stat.read():
                        return
            except (FileNotFoundError, ProcessLookupError):
                return


def tell(call, whom):
    print(json.dumps([call, whom]), flush=True)


def reads_all(call, function):
    family = Family()

    def opened():
        family.child_has_left()
        family.let_go()

    opener = threading.Thread(target=opened)
    opener.start()
    output = function(family.words, family.fds)
    opener.join()
    assert output.endswith(b"late\n"), (call, output)
    tell(call, "all who hold the pipe")


def waited():
    family = Family()
    child = subprocess.Popen(family.words, stdout=PIPE, pass_fds=family.fds)
    child.wait()
    family.let_go()
    assert child.stdout.read() == b"word\nlate\n"
    tell("subprocess: wait()", "the child")


def communicated(words, fds):
    with subprocess.Popen(words, stdout=PIPE, pass_fds=fds) as child:
        return child.communicate()[0]


def ran(words, fds):
    return subprocess.run(words, stdout=PIPE, pass_fds=fds).stdout


async def waited_in_loop():
    """The status is there, `wait` would only have to return it."""
    family = Family()
    child = await asyncio.create_subprocess_exec(
        *family.words, stdin=PIPE, stdout=PIPE, pass_fds=family.fds
    )
    # Of a child that had ended before, it would return the status at once.
    waits = asyncio.ensure_future(child.wait())
    await asyncio.sleep(0)
    child.stdin.close()
    while child.returncode is None:
        await asyncio.sleep(0.01)
    for _ in range(20):
        await asyncio.sleep(0)
    assert not waits.done()
    # Who begins to wait now has the status at once.
    assert await child.wait() == 0
    family.let_go()
    assert await waits == 0
    tell("asyncio: wait()", "all who hold the pipe")


async def stdin_stays_open():
    """Where tokio's `wait` closes it."""
    cat = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    waits = asyncio.ensure_future(cat.wait())
    for _ in range(20):
        await asyncio.sleep(0)
    cat.stdin.write(b"words\n")
    assert await cat.stdout.readline() == b"words\n"
    cat.stdin.close()
    assert await waits == 0


async def communicated_in_loop(words, fds):
    child = await asyncio.create_subprocess_exec(*words, stdout=PIPE, pass_fds=fds)
    return (await child.communicate())[0]


waited()
reads_all("subprocess: communicate()", communicated)
reads_all("subprocess: run(stdout=PIPE)", ran)
asyncio.run(waited_in_loop())
asyncio.run(stdin_stays_open())
reads_all(
    "asyncio: communicate()",
    lambda words, fds: asyncio.run(communicated_in_loop(words, fds)),
)
