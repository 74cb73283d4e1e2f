use duct::{cmd, unix::HandleExt};
use std::io::{Read, copy, pipe, sink};
use std::{fs, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let options = "-nostdin -loglevel error -y -f lavfi \
                   -i sine=sample_rate=16000 -f s16le - own.wav";
    for interrupts in [1, 2, 4] {
        let (mut reader, writer) = pipe()?;
        let ffmpeg = cmd("ffmpeg", options.split_whitespace());
        let ffmpeg = ffmpeg.stderr_null().unchecked();
        let ffmpeg = ffmpeg.stdout_file(writer).start()?;
        // Read two seconds of sound.
        reader.read_exact(&mut [0; 64000])?;
        for _ in 0..interrupts {
            // 0.3 seconds pass before each INT.
            ffmpeg.wait_timeout(Duration::from_millis(300))?;
            ffmpeg.send_signal(2)?;
        }
        copy(&mut reader, &mut sink())?;
        let status = ffmpeg.wait()?.status;
        let empty = fs::metadata("own.wav")?.len() == 0;
        println!("{interrupts} INT: {status}, own.wav is empty: {empty}");
    }
    Ok(())
}
