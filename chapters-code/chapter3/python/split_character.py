import codecs
import subprocess

child = subprocess.Popen(["printf", r"caf\303\251\n"], stdout=subprocess.PIPE)
# getincrementaldecoder returns a class. The `()` makes a decoder of it.
decoder = codecs.getincrementaldecoder("utf-8")()
while piece := child.stdout.read(4):
    print("piece alone: ", repr(piece.decode("utf-8", errors="replace")))
    print("with a carry:", repr(decoder.decode(piece)))
# No more bytes will come: an unfinished character is an error now.
decoder.decode(b"", final=True)
child.wait()
