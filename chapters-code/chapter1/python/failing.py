import subprocess

print("unchecked:", subprocess.run(["false"]).returncode)
try:
    subprocess.run(["false"], check=True)
except subprocess.CalledProcessError as error:
    print("checked:", error)

# $$ is the shell's own process id, and `kill -9` sends it signal 9.
killed = subprocess.run(["sh", "-c", "kill -9 $$"])
print("killed:", killed.returncode)
