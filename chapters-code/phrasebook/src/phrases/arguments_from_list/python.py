import subprocess

words = ["two words", "*.txt"]
subprocess.run(["printf", r"%s\n", *words], check=True)
