import codecs
import subprocess

child = subprocess.Popen(["printf", r"caf\303\251\n"], stdout=subprocess.PIPE)
decoder = codecs.getincrementaldecoder("utf-8")()
while piece := child.stdout.read(4):
    print("piece alone: ", repr(piece.decode("utf-8", errors="replace")))
    print("with a carry:", repr(decoder.decode(piece)))
decoder.decode(b"", final=True)
child.wait()
