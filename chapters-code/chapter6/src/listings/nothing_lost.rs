use duct::{cmd, unix::HandleExt};
use std::io::{Read, pipe};

pub fn main() -> anyhow::Result<()> {
    let options = "-nostdin -loglevel error -y -re -f lavfi \
                   -i sine=sample_rate=16000 -f s16le - own.wav";
    let (mut reader, writer) = pipe()?;
    let ffmpeg = cmd("ffmpeg", options.split_whitespace());
    let ffmpeg = ffmpeg.stdout_file(writer).unchecked().start()?;
    // Half a second of sound.
    let mut bytes = vec![0; 16000];
    reader.read_exact(&mut bytes)?;
    ffmpeg.send_signal(2)?;
    // Append the rest to `bytes`. The result is the length of the rest.
    let after_the_signal = reader.read_to_end(&mut bytes)?;
    println!("{}", ffmpeg.wait()?.status);
    println!("more came after the signal: {}", after_the_signal > 0);
    // Count the samples in ffmpeg's file, and those that came to us.
    let own = hound::WavReader::open("own.wav")?.len() as usize;
    let ours = bytes.len() / 2;
    println!("samples that only one of us has: {}", own.abs_diff(ours));
    Ok(())
}
