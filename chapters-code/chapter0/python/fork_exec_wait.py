import os

dishes = ["butter chicken"]
pid = os.fork()
if pid == 0:
    dishes.append("naan")
    os.execvp("sh", ["sh", "-c", "exit $1", "sh", str(len(dishes))])

ended, status = os.waitpid(pid, 0)
print("the child that ended is the one forked:", ended == pid)
print("dishes in the child:", os.waitstatus_to_exitcode(status))
print("dishes in the parent:", len(dishes))
