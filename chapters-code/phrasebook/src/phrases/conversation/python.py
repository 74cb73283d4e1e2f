import subprocess

cook = 'while read -r it; do echo "$it is ready"; done'
with subprocess.Popen(
    ["sh", "-c", cook], text=True,
    stdin=subprocess.PIPE, stdout=subprocess.PIPE,
) as child:
    for dish in ["dal", "raita"]:
        print(dish, file=child.stdin, flush=True)
        print(child.stdout.readline(), end="")
