"""Every reader of Python's subprocess, tried with every manner of talking.

Prints a cell of the page's tables as a line of JSON: call, cell.
"""

import json
import os
import subprocess
import sys
from subprocess import PIPE, Popen

from came import returns_when

TALKER = ["sh", sys.argv[1]]


def calls_of(child, method, *arguments):
    """One call after the other, until one says that nothing is left."""
    failures = 0
    while True:
        try:
            got = method(*arguments)
        except (ValueError, OSError) as error:
            yield error
            failures += 1
            if failures == 2:
                return
            continue
        yield got
        if not got:
            return


def file_call(name, *arguments, **opened):
    def start(manner):
        child = Popen([*TALKER, manner], stdout=PIPE, **opened)
        return child, calls_of(child, getattr(child.stdout, name), *arguments)

    return start


def for_line(**opened):
    def start(manner):
        child = Popen([*TALKER, manner], stdout=PIPE, **opened)
        return child, iterated(child.stdout)

    def iterated(file):
        try:
            yield from file
        except ValueError as error:
            yield error

    return start


def os_read(manner):
    child = Popen([*TALKER, manner], stdout=PIPE)
    return child, calls_of(child, os.read, child.stdout.fileno(), 4096)


def once(function):
    def start(manner):
        def results():
            try:
                yield function([*TALKER, manner])
            except ValueError as error:
                yield error

        return None, results()

    return start


def communicated(command):
    with Popen(command, stdout=PIPE) as child:
        return child.communicate()[0]


CALLS = {
    "os.read(fd, 4096)": os_read,
    "read1(4096)": file_call("read1", 4096),
    "read(8)": file_call("read", 8),
    "read(8), bufsize=0": file_call("read", 8, bufsize=0),
    "read()": file_call("read"),
    "readline()": file_call("readline"),
    "for line in p.stdout": for_line(),
    "read(8), text=True": file_call("read", 8, text=True),
    "for line in p.stdout, text=True": for_line(text=True),
    "communicate()": once(communicated),
    "run(capture_output=True)": once(
        lambda command: subprocess.run(command, capture_output=True).stdout
    ),
    "check_output(text=True)": once(
        lambda command: subprocess.check_output(command, text=True)
    ),
}


def shown(got):
    if isinstance(got, Exception):
        return type(got).__name__
    return repr(got)


def limit(first):
    if isinstance(first, Exception):
        return shown(first)
    whole = 1048576
    return "memory" if len(first) >= whole else f"{len(first):,}"


def tell(call, cell):
    print(json.dumps([call, cell]), flush=True)


for call, start in CALLS.items():
    for manner, words in [("goes on", returns_when), ("long line", limit)]:
        child, results = start(manner)
        tell(call, words(next(results)))
        if child:
            child.stdout.close()
            child.kill()
            child.wait()
    for manner in ["half a line", "not UTF-8", "odd ends"]:
        child, results = start(manner)
        tell(call, ", ".join(f"`{shown(got)}`" for got in results if got))
        if child:
            child.stdout.close()
            child.wait()

# In text, each version of a progress bar is a line.
progress = ["printf", r"10%%\r20%%\r\ndone\n"]
with Popen(progress, stdout=PIPE, text=True) as child:
    assert list(child.stdout) == ["10%\n", "20%\n", "done\n"]
with Popen(progress, stdout=PIPE, encoding="utf-8") as child:
    assert child.stdout.readline() == "10%\n"

# A file that one reads line by line has taken more than its line.
for text in [False, True]:
    with Popen(["printf", r"1\n2\n"], stdout=PIPE, text=text) as child:
        child.stdout.readline()
        assert os.read(child.stdout.fileno(), 4096) == b""

# What a byte that is not UTF-8 becomes.
bad = ["printf", r"1\377"]
for errors, text in [("replace", "1\ufffd"), ("surrogateescape", "1\udcff")]:
    assert subprocess.check_output(bad, encoding="utf-8", errors=errors) == text
