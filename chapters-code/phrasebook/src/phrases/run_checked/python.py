import subprocess

subprocess.run(["echo", "hello"], check=True)
