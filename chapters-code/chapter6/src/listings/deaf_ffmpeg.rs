use duct::{cmd, unix::HandleExt};
use std::io::{Read, copy, pipe, sink};
use std::time::Duration;

pub fn main() -> anyhow::Result<()> {
    let options = "-nostdin -loglevel error -f lavfi \
                   -i sine=sample_rate=16000 -f s16le -";
    let half_a_second = Duration::from_millis(500);
    let (mut reader, writer) = pipe()?;
    let ffmpeg = cmd("ffmpeg", options.split_whitespace());
    let ffmpeg = ffmpeg.stdout_file(writer).unchecked().start()?;
    // When one byte has come, ffmpeg is at work.
    reader.read_exact(&mut [0])?;
    // Half a second is enough to fill the pipe. None: ffmpeg has not ended.
    let full = ffmpeg.wait_timeout(half_a_second)?.is_none();
    println!("the pipe is full: {full}");
    // 2 is the number of INT.
    ffmpeg.send_signal(2)?;
    let deaf = ffmpeg.wait_timeout(half_a_second)?.is_none();
    println!("INT, and it still runs: {deaf}");
    // Read the rest, and throw it away.
    copy(&mut reader, &mut sink())?;
    println!("read to the end: {}", ffmpeg.wait()?.status);
    Ok(())
}
