import select
import subprocess

calculator = "while read sum; do echo $(($sum)); done"
with subprocess.Popen(
    ["sh", "-c", calculator],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    text=True,
) as child:
    asked = 2
    for flush in [True, True, False]:
        print(asked, "*", asked, file=child.stdin, flush=flush)
        # `[0]` is what can be read. After a second without an answer it is empty.
        if not select.select([child.stdout], [], [], 1)[0]:
            print("no answer in a second")
            child.stdin.flush()
        answer = int(child.stdout.readline())
        print(asked, "*", asked, "=", answer)
        asked = answer
