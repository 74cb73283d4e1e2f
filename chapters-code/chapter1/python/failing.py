import subprocess

print("unchecked:", subprocess.run(["false"]).returncode)
try:
    subprocess.run(["false"], check=True)
except subprocess.CalledProcessError as error:
    print("checked:", error)

# The shell kills itself: $$ is its own process id.
killed = subprocess.run(["sh", "-c", "kill -9 $$"])
print("killed:", killed.returncode)
