use duct::cmd;
use std::{fs, io::Read};

pub fn main() -> anyhow::Result<()> {
    let stops = [("INT", 3), ("TERM", 3), ("KILL", 3), ("KILL", 12)];
    for (signal, seconds) in stops {
        let options = "-nostdin -loglevel error -y -f lavfi \
                       -i sine=sample_rate=16000 -f s16le - own.wav";
        let ffmpeg = cmd("ffmpeg", options.split_whitespace()).unchecked();
        let mut ffmpeg = ffmpeg.reader()?;
        ffmpeg.read_exact(&mut vec![0; seconds * 32000])?;
        let pid = ffmpeg.pids()[0].to_string();
        cmd!("kill", "-s", signal, pid).run()?;
        ffmpeg.read_to_end(&mut Vec::new())?;
        let status = ffmpeg.try_wait()?.expect("it has ended").status;
        println!("{signal} after {seconds} s: {status}");
        match hound::WavReader::open("own.wav") {
            Ok(wav) => println!("  3 s or more: {}", wav.len() >= 48000),
            Err(e) => {
                println!("  {} bytes: {e}", fs::metadata("own.wav")?.len())
            }
        }
    }
    Ok(())
}
