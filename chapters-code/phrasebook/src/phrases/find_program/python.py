import shutil

found = shutil.which("sh")

assert found
