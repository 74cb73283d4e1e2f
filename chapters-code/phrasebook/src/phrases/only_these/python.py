import os
import subprocess

ask = ["sh", "-c", "echo $DISH, ${LC_ALL-no locale}"]
env = {"PATH": os.environ["PATH"], "DISH": "dal"}
subprocess.run(ask, env=env, check=True)
