import subprocess

sort = subprocess.Popen(["sort"], stdin=subprocess.PIPE, text=True)
print("naan", file=sort.stdin)
print("dal", file=sort.stdin, flush=True)
try:
    sort.wait(timeout=1)
except subprocess.TimeoutExpired:
    print("a second later, sort has not ended", flush=True)
sort.stdin.close()
print("closed:", sort.wait())
