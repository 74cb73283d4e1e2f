import subprocess

ask = ["sh", "-c", "echo $$"]
child = subprocess.Popen(ask, stdout=subprocess.PIPE)
pid = child.pid

said, _ = child.communicate()
assert said == f"{pid}\n".encode()
