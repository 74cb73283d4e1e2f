import codecs
import subprocess

child = subprocess.Popen(["printf", r"caf\303\251\n"], stdout=subprocess.PIPE)
decoder = codecs.getincrementaldecoder("utf-8")()
while chunk := child.stdout.read(4):
    print("chunk by chunk", repr(chunk.decode("utf-8", errors="replace")))
    print("with a carry  ", repr(decoder.decode(chunk)))
decoder.decode(b"", final=True)
child.wait()
