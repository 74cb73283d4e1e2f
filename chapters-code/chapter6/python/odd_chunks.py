import array
import subprocess

child = subprocess.run(["head", "-c", "333", "/dev/zero"], capture_output=True)
samples = array.array("h")
try:
    samples.frombytes(child.stdout)
except ValueError as error:
    print("ValueError:", error)
samples.frombytes(child.stdout[:332])
print(len(samples), "samples, one byte to carry")
