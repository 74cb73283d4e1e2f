from select import select
from subprocess import PIPE, Popen

TWO_LINES = r"printf 'one\ntwo\n'; read go"

for bufsize in [-1, 0]:
    print(f"bufsize={bufsize}")
    with Popen(
        ["sh", "-c", TWO_LINES], bufsize=bufsize, stdin=PIPE, stdout=PIPE
    ) as child:
        for _ in range(2):
            readable, _, _ = select([child.stdout], [], [], 1)
            print("  select:", "readable" if readable else "nothing", end="; ")
            print("readline:", child.stdout.readline())
        child.stdin.close()
