use duct::{cmd, unix::HandleExt};
use std::io::{Read, pipe};
use std::{fs, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let options = "-nostdin -loglevel error -y -f lavfi \
                   -i sine=sample_rate=16000 -f s16le - own.wav";
    let (mut reader, writer) = pipe()?;
    let ffmpeg = cmd("ffmpeg", options.split_whitespace());
    let ffmpeg = ffmpeg
        .stdout_file(writer)
        .stderr_null()
        .unchecked()
        .start()?;
    reader.read_exact(&mut [0; 64000])?;
    while ffmpeg.wait_timeout(Duration::from_millis(300))?.is_none() {
        ffmpeg.send_signal(2)?;
    }
    println!("{}", ffmpeg.wait()?.status);
    println!("own.wav: {} bytes", fs::metadata("own.wav")?.len());
    Ok(())
}
