import os
import subprocess

env = os.environ | {"DISH": "dal"}
subprocess.run(["printenv", "DISH"], env=env, check=True)
