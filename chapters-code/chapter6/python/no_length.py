import subprocess
import wave

FFMPEG = "ffmpeg -nostdin -loglevel error -f lavfi -i sine=duration=1 -f wav"

tone = subprocess.Popen([*FFMPEG.split(), "-"], stdout=subprocess.PIPE)
# At the end of this block, Python closes the pipe and waits for ffmpeg.
with tone, wave.open(tone.stdout) as sound:
    print("through a pipe:", sound.getnframes())
    # Read until nothing comes, and count.
    frames = 0
    while data := sound.readframes(4096):
        frames += len(data) // (sound.getsampwidth() * sound.getnchannels())
    print("read to the end:", frames)

subprocess.run([*FFMPEG.split(), "tone.wav"], check=True)
with wave.open("tone.wav") as sound:
    print("written to a file:", sound.getnframes())
