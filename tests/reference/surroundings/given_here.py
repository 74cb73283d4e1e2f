"""Starts the listing `reference/given.py` in some surroundings, and says in the
words of the page's table what it was given."""

import os
import sys
from signal import Signals
from terminals import Terminal

# It is Python, which ignores two signals by itself: what was ignored before
# that, `sh` says, and becomes it.
PROBE = """#!/bin/sh
grep SigIgn /proc/$$/status >{folder}/ignored
exec {python} -c 'import builtins, functools
given = open("{folder}/given", "w")
builtins.print = functools.partial(print, file=given)
exec(open("{listing}").read())
given.close()
open("{folder}/ended", "w")'
"""


def stream(name):
    if name in ["/dev/tty", base]:
        return "yours"
    if name.startswith("/dev/pts/"):
        return "its terminal"
    return name if name in ["/dev/null", "pipe", "socket"] else "file"


folder = os.getcwd()
with open("probe", "w") as probe:
    probe.write(PROBE.format(folder=folder, python=sys.executable, listing=os.environ["LISTING"]))
os.chmod("probe", 0o755)
shown, _ = Terminal("sh", "-c", "tty >base\n" + sys.argv[1]).ends()
if not os.path.exists("ended"):
    raise SystemExit(f"it was not started: {shown}")
base = open("base").read().strip()
given = dict(line.strip().split(" ", 1) for line in open("given") if " " in line)
ignored = int(open("ignored").read().split()[1], 16)
names = [it.name.removeprefix("SIG") for it in Signals if ignored >> (it - 1) & 1]
facts = {
    **{name: stream(given[name]) for name in ["stdin", "stdout", "stderr"]},
    "terminal": given["terminal"].split(":")[0],
    "group": given["group"],
    "session": given["session"],
    "ignored": " ".join(names) or "none",
}
# What a program has that a script starts.
USUAL = {
    **dict.fromkeys(["stdin", "stdout", "stderr"], "yours"),
    "terminal": "foreground",
    **dict.fromkeys(["group", "session"], "another's"),
    "ignored": "none",
}
differs = [f"{name} {fact}" for name, fact in facts.items() if fact != USUAL[name]]
print("; ".join(differs) or "; ".join(f"{name} {fact}" for name, fact in facts.items()))
