from subprocess import PIPE, Popen
from threading import Timer

TALK = ["sh", "-c", "echo first; read line; echo last"]

child = Popen(TALK, stdin=PIPE, stdout=PIPE)
print("read1(4096):", child.stdout.read1(4096))
child.communicate()

child = Popen(TALK, stdin=PIPE, stdout=PIPE)
Timer(1, child.stdin.close).start()
print("read(4096): ", child.stdout.read(4096))
child.wait()
