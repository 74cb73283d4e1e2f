import subprocess
from subprocess import PIPE

yes = subprocess.Popen(["yes"], stdout=PIPE)
head = subprocess.Popen(["head", "-n1"], stdin=yes.stdout, stdout=PIPE)
print("head:", head.communicate()[0])
try:
    yes.wait(timeout=1)
except subprocess.TimeoutExpired:
    print("yes: still there a second later")
yes.stdout.close()
print("yes, after close:", yes.wait())
