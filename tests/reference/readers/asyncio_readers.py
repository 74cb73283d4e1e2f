"""Every reader of asyncio, tried with every manner of talking, and cancelled.

Prints a cell of the page's tables as a line of JSON: call, cell.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE

from came import returns_when

TALKER = ["sh", sys.argv[1]]


async def communicated(child):
    return (await child.communicate())[0]


# Each with whether it may be called again.
CALLS = {
    "read(4096)": (lambda child: child.stdout.read(4096), True),
    "readexactly(8)": (lambda child: child.stdout.readexactly(8), True),
    "read()": (lambda child: child.stdout.read(), True),
    "readline()": (lambda child: child.stdout.readline(), True),
    "readuntil()": (lambda child: child.stdout.readuntil(), True),
    "async for line in p.stdout": (lambda child: anext(aiter(child.stdout)), True),
    "communicate()": (communicated, False),
}


def shown(got):
    if isinstance(got, asyncio.IncompleteReadError):
        return f"IncompleteReadError({got.partial!r})"
    if isinstance(got, Exception):
        return type(got).__name__
    return repr(got)


async def attempt(coroutine):
    try:
        return await coroutine
    except (ValueError, EOFError, asyncio.LimitOverrunError, StopAsyncIteration) as e:
        return e


async def results(child, call, again):
    """One call after the other, until one says that nothing is left."""
    got = []
    while not got or (again and got[-1]):
        got.append(await attempt(call(child)))
        if isinstance(got[-1], asyncio.IncompleteReadError) and not got[-1].partial:
            break
        if isinstance(got[-1], StopAsyncIteration):
            got.pop()
            break
    return got


def start(manner, **pipes):
    return asyncio.create_subprocess_exec(*TALKER, manner, stdout=PIPE, **pipes)


def limit(first):
    if isinstance(first, Exception):
        return f"`{shown(first)}`"
    return "memory" if len(first) >= 1048576 else f"{len(first):,}"


async def cancelled(call, again):
    """Cancels the first call that waits when `half ` has been taken."""
    ours, its = os.pipe()
    child = await start("cancelled", stdin=PIPE, stderr=its)
    os.close(its)
    taken = asyncio.get_running_loop().run_in_executor(None, os.read, ours, 1)
    got = []
    while True:
        reads = asyncio.ensure_future(attempt(call(child)))
        await asyncio.wait([reads, taken], return_when=asyncio.FIRST_COMPLETED)
        if not reads.done():
            break
        got.append(reads.result())
    # The reader has what was taken from the pipe; its task takes it from there.
    for _ in range(10):
        await asyncio.sleep(0)
    reads.cancel()
    await asyncio.wait([reads])
    os.close(ours)
    child.stdin.close()
    got += await results(child, call, again)
    await child.wait()
    said = [e.partial if isinstance(e, asyncio.IncompleteReadError) else e for e in got]
    said = b"".join(piece for piece in said if isinstance(piece, bytes))
    return {
        b"half and half\n": "nothing is lost",
        b"and half\n": "what it had read is lost",
    }.get(said, repr(said))


async def main():
    for call, (method, again) in CALLS.items():

        def tell(cell):
            print(json.dumps([call, cell]), flush=True)

        for manner, words in [("goes on", returns_when), ("long line", limit)]:
            child = await start(manner)
            tell(words(await attempt(method(child))))
            # `wait` would wait for the end of what is left in the pipe.
            await child.stdout.read()
            await child.wait()
        tell(await cancelled(method, again))
        for manner in ["half a line", "not UTF-8", "odd ends"]:
            child = await start(manner)
            got = await results(child, method, again)
            told = [one for one in got if one and getattr(one, "partial", one)]
            tell(", ".join(f"`{shown(one)}`" for one in told))
            await child.wait()


asyncio.run(main())
