import subprocess

process = subprocess.Popen(["echo", "Hello, World!"], stdout=subprocess.PIPE)
output = process.stdout.readline()
decoded_output = output.decode("utf-8")
print(decoded_output)
print("returncode:", process.returncode)
process.wait()
print("after wait():", process.returncode)
