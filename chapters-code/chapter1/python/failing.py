import subprocess

print("unchecked:", subprocess.run(["false"]).returncode)
try:
    subprocess.run(["false"], check=True)
except subprocess.CalledProcessError as error:
    print("checked:", error)

killed = subprocess.run(["sh", "-c", "kill -9 $$"])
print("killed:", killed.returncode)
