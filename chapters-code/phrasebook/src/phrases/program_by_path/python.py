import os
import subprocess

tool = os.path.abspath("tool")
subprocess.run([tool], cwd="/", check=True)
