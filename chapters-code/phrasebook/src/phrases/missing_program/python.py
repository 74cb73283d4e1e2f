import subprocess

try:
    subprocess.run(["no-such-program"], check=True)
    print("it is well")
except FileNotFoundError:
    print("it is not there")
except subprocess.CalledProcessError as error:
    print(f"it failed: {error}")
