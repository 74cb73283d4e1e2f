import os
import subprocess

env = {k: v for k, v in os.environ.items() if k != "LC_ALL"}
ask = ["sh", "-c", "echo ${LC_ALL-no locale}"]
subprocess.run(ask, env=env, check=True)
