"""What Python prints when a read or a write fails, each as a line of JSON."""

import asyncio
import json
import os
import select
import subprocess
import sys
import traceback
from asyncio.subprocess import PIPE, create_subprocess_shell
from subprocess import Popen, TimeoutExpired


def last_line_of(function):
    """As the last line of a traceback has it."""
    try:
        function()
    except Exception as error:
        print(json.dumps(traceback.format_exception_only(error)[-1].strip()))
        return error
    sys.exit(f"no exception: {function}")


def tell(message):
    print(json.dumps(message))


def complained(script, *options, **environment):
    """The stderr of a Python program."""
    command = [sys.executable, *options, "-c", script]
    environment = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, env=environment).stderr


# Text.
last_line_of(lambda: subprocess.check_output(["printf", r"one\n\377"], text=True))
script = r"from subprocess import *; check_output(['printf', r'caf\303\251'], text=True)"
plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
tell(complained(script, PYTHONUTF8="0", **plain).splitlines()[-1])
assert complained(script, **plain) == ""


def written(words, **opened):
    with Popen(["cat"], stdin=PIPE, stdout=PIPE, **opened) as cat:
        cat.stdin.write(words)


last_line_of(lambda: written("words"))
last_line_of(lambda: written(b"words", text=True))
warning = complained("from subprocess import *; run(['true'], bufsize=1, stdout=PIPE)")
tell(warning.splitlines()[0].partition(": ")[2])


# Ends.
def closed_too_early():
    with Popen(["cat"], stdin=PIPE, stdout=PIPE) as cat:
        cat.stdin.close()
        cat.communicate()


def read_again():
    with Popen(["true"], stdout=PIPE) as child:
        child.communicate()
        child.stdout.read()


def to_nobody():
    child = Popen(["true"], stdin=PIPE)
    child.wait()
    child.stdin.write(b"words")
    child.stdin.flush()


last_line_of(closed_too_early)
last_line_of(read_again)
last_line_of(to_nobody)

# `communicate` does not mind.
with Popen(["true"], stdin=PIPE) as child:
    assert child.communicate(b"words" * 100000) == (None, None)

# What a timeout has read: bytes, also of a text. How long a start takes, the
# test does not know, so it waits longer until something has come.
limit = 0.1
timed_out = None
while not timed_out or not timed_out.output:
    limit *= 2
    try:
        half = ["sh", "-c", "printf half; exec sleep 60"]
        subprocess.check_output(half, text=True, timeout=limit)
    except TimeoutExpired as error:
        timed_out = error
assert timed_out.output == b"half", timed_out.output
tell(traceback.format_exception_only(timed_out)[-1].strip())

# After a timeout, `communicate` again has all.
its, ours = os.pipe()
child = Popen(["sh", "-c", "printf 'half '; read x; echo and half"], stdin=its, stdout=PIPE)
select.select([child.stdout], [], [])
try:
    child.communicate(timeout=0.1)
    sys.exit("no timeout")
except TimeoutExpired:
    os.write(ours, b"\n")
assert child.communicate()[0] == b"half and half\n"


# asyncio.
def in_loop(coroutine):
    return last_line_of(lambda: asyncio.run(coroutine()))


LONG = "head -c 70000 /dev/zero; echo; echo all >&2"


async def long_line():
    no_end = "head -c 70000 /dev/zero; read x"
    child = await create_subprocess_shell(no_end, stdin=PIPE, stdout=PIPE)
    try:
        await child.stdout.readline()
    finally:
        child._transport.close()


async def long_line_that_is_there():
    child = await create_subprocess_shell(LONG, stdout=PIPE, stderr=PIPE)
    await child.stderr.readline()
    await child.stdout.readline()


async def the_next_line():
    """The long line that was there is gone as a whole."""
    child = await create_subprocess_shell(f"{LONG}; echo next", stdout=PIPE)
    while child.stdout._buffer[-5:] != b"next\n":
        await asyncio.sleep(0.01)
    try:
        sys.exit(await child.stdout.readline())
    except ValueError:
        assert await child.stdout.readline() == b"next\n"


async def overrun():
    child = await create_subprocess_shell(LONG, stdout=PIPE, stderr=PIPE)
    await child.stderr.readline()
    await child.stdout.readuntil()


async def incomplete():
    child = await create_subprocess_shell("printf half", stdout=PIPE)
    await child.stdout.readexactly(8)


async def incomplete_line():
    child = await create_subprocess_shell("printf half", stdout=PIPE)
    await child.stdout.readuntil()


async def two_readers():
    child = await create_subprocess_shell("cat", stdin=PIPE, stdout=PIPE)
    try:
        await asyncio.gather(child.stdout.readline(), child.stdout.readline())
    finally:
        child._transport.close()


async def as_text():
    await create_subprocess_shell("true", text=True)


async def drained():
    child = await create_subprocess_shell("true", stdin=PIPE)
    await child.wait()
    while True:
        child.stdin.write(b"words")
        await child.stdin.drain()


async def communicated():
    child = await create_subprocess_shell("true", stdin=PIPE)
    assert await child.communicate(b"words" * 100000) == (None, None)


in_loop(long_line)
in_loop(long_line_that_is_there)
asyncio.run(the_next_line())
in_loop(overrun)
assert in_loop(incomplete).partial == b"half"
in_loop(incomplete_line)
in_loop(two_readers)
in_loop(as_text)
in_loop(drained)
asyncio.run(communicated())

script = """
import asyncio
async def main():
    child = await asyncio.create_subprocess_exec('sleep', '60', stdout=-1)
    child.kill()
    await child.wait()
asyncio.run(main())
"""
assert complained(script) == ""
script = """
import asyncio, gc, os, threading
async def main():
    child = await asyncio.create_subprocess_exec('sleep', '60', stdout=-1)
    return child.pid
os.kill(asyncio.run(main()), 9)
for thread in threading.enumerate():
    if thread is not threading.current_thread():
        thread.join()
gc.collect()
"""
closed = complained(script).splitlines()
tell(next(line for line in closed if line.startswith("Exception")))
tell(closed[-1])
script = """
import asyncio, signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
async def main():
    # It lives until somebody watches it.
    child = await asyncio.create_subprocess_exec('cat', stdin=-1)
    child.stdin.close()
    assert await child.wait() == 255
asyncio.run(main())
"""
tell(complained(script).strip())
# As Python 3.12 and later ones wait, unless told otherwise.
script = script.replace(
    "async def", "asyncio.set_child_watcher(asyncio.PidfdChildWatcher())\nasync def"
)
tell(complained(script).strip())

# A line that is longer than 65,536 bytes, and a limit that is longer.
async def with_limit():
    child = await create_subprocess_shell(LONG, stdout=PIPE, stderr=PIPE, limit=2**20)
    assert len(await child.stdout.readline()) == 70001


asyncio.run(with_limit())
script = """
import asyncio, threading
asyncio.set_child_watcher(asyncio.SafeChildWatcher())
async def main():
    await asyncio.create_subprocess_exec('true')
thread = threading.Thread(target=lambda: asyncio.run(main()))
thread.start()
thread.join()
"""
tell(complained(script).splitlines()[-1])
