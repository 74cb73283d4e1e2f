import subprocess


def say(command, shell):
    # Runs the command. `repr` shows the newline of its output as `\n`.
    return repr(subprocess.check_output(command, shell=shell, text=True))


print("list:", say(["echo", "$((6*7))", "|", "cat"], shell=False))
print("string, shell=True:", say("echo $((6*7)) | cat", shell=True))
print("list, shell=True:", say(["echo", "hi"], shell=True))
try:
    say("echo hi", shell=False)
except FileNotFoundError as error:
    print("string:", error)
