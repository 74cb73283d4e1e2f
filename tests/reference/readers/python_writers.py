"""Python's writers to a child's stdin.

Prints the call and its cells as a line of JSON: when what was written is sent,
what it says of a child that has left, and how the child hears of the end.
"""

import array
import asyncio
import fcntl
import json
import subprocess
import termios
from asyncio.subprocess import PIPE
from subprocess import Popen


def in_pipe(file):
    waits = array.array("i", [0])
    fcntl.ioctl(file.fileno(), termios.FIONREAD, waits)
    return waits[0]


def sent_with(unit, **opened):
    """The number of the byte with which the first ones were sent."""
    with Popen(["sleep", "60"], stdin=PIPE, **opened) as child:
        for number in range(1, 100000):
            child.stdin.write(unit)
            if in_pipe(child.stdin):
                break
        before = in_pipe(child.stdin)
        child.stdin.write(unit)
        child.stdin.flush()
        assert in_pipe(child.stdin) > before
        child.kill()
    return number


def left(unit, **opened):
    child = Popen(["true"], stdin=PIPE, **opened)
    child.wait()
    child.stdin.write(unit)
    try:
        child.stdin.flush()
    except BrokenPipeError as error:
        said = type(error).__name__
    try:
        child.stdin.close()
    except BrokenPipeError as error:
        assert said == type(error).__name__
        return f"`{said}` by `flush()` or `close()`"


def tell(call, sent, left_child, end):
    print(json.dumps([call, [sent, left_child, end]]), flush=True)


def closes(words, **opened):
    with Popen(["cat"], stdin=PIPE, stdout=PIPE, **opened) as cat:
        cat.stdin.write(words)
        cat.stdin.close()
        assert cat.stdout.read() == words
    return "`close()`"


tell(
    "subprocess: p.stdin.write",
    f"with byte {sent_with(b'x'):,}, or by `flush()`",
    left(b"x"),
    closes(b"words"),
)
assert sent_with(b"x", bufsize=0) == 1
tell(
    "subprocess: p.stdin.write, text=True",
    f"with byte {sent_with('x', text=True):,}, or by `flush()`",
    left("x", text=True),
    closes("words", text=True),
)
assert sent_with("x\n", text=True, bufsize=1) == 1
assert sent_with("x", text=True, bufsize=1) > 1
tell(
    "subprocess: p.stdin.write, text=True, bufsize=1",
    "with a newline, or by `flush()`",
    left("x", text=True, bufsize=1),
    closes("words", text=True, bufsize=1),
)
assert subprocess.run(["true"], input=b"x" * 1000000).returncode == 0
MUCH = b"x" * 1000000
assert subprocess.run(["cat"], input=MUCH, stdout=PIPE).stdout == MUCH
tell("subprocess: communicate(input), run(input=)", "while it reads", "nothing", "by itself")


async def in_loop():
    child = await asyncio.create_subprocess_exec("sleep", "60", stdin=PIPE)
    child.stdin.write(b"x")
    pipe = child.stdin.transport.get_extra_info("pipe")
    assert in_pipe(pipe) == 1
    # Without `drain`, whatever the pipe does not hold is kept.
    for _ in range(100):
        child.stdin.write(b"x" * 100000)
    assert child.stdin.transport.get_write_buffer_size() > 9000000
    child.kill()
    await child.wait()
    said = None
    while not said:
        try:
            child.stdin.write(b"x")
            await child.stdin.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            said = type(error).__name__
    cat = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    cat.stdin.write(b"words")
    cat.stdin.close()
    assert await cat.stdout.read() == b"words"
    await cat.wait()
    sent = "at once, or kept without bound, until `drain()`"
    tell("asyncio: p.stdin.write", sent, f"`{said}` by `drain()`", "`close()`")

    child = await asyncio.create_subprocess_exec("true", stdin=PIPE)
    await child.communicate(b"x" * 1000000)
    cat = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    assert (await cat.communicate(MUCH))[0] == MUCH
    tell("asyncio: communicate(input)", "while it reads", "nothing", "by itself")


asyncio.run(in_loop())
