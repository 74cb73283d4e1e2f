import subprocess

clean = """
for file in a.tmp b.txt c.tmp; do
    echo "delete $file?" >&2
    read answer
    echo "$file: $answer" >&2
done
"""
with subprocess.Popen(
    ["sh", "-c", clean],
    stdin=subprocess.PIPE,
    stderr=subprocess.PIPE,
    text=True,
) as child:
    for line in child.stderr:
        print(line, end="")
        if line.endswith("?\n"):
            answer = "yes" if ".tmp" in line else "no"
            # Without flush=True, the answer stays in our own buffer.
            print(answer, file=child.stdin, flush=True)
