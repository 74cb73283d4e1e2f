import os
import subprocess

# `end` is for reading, and `stdout` for writing.
end, stdout = os.pipe()
try:
    # This `sleep` has the writing end as its stdout.
    subprocess.run(["sleep", "60"], stdout=stdout, timeout=0.2)
except subprocess.TimeoutExpired:
    print("run gave up")
# Close our own writing end: the read waits until nobody has one.
os.close(stdout)
print("read() of its stdout returns", os.read(end, 1))

child = subprocess.Popen(["sleep", "60"], stdout=subprocess.PIPE)
try:
    child.communicate(timeout=0.2)
except subprocess.TimeoutExpired:
    print("communicate gave up, poll() is", child.poll())
child.kill()
child.communicate()
print("killed and collected:", child.returncode)
