import subprocess

subprocess.run(["pwd"], cwd="/", check=True)
