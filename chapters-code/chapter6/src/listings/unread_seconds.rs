use duct::cmd;
use std::{env::current_exe, io::Read, io::pipe, time::Duration};

pub fn main() -> anyhow::Result<()> {
    for chunk in [4096, 3200] {
        let (mut reader, writer) = pipe()?;
        let tone = format!("child tone --fast --seconds 60 --chunk {chunk}");
        let tone = cmd(current_exe()?, tone.split(' '));
        let tone = tone.stdout_file(writer).unchecked().start()?;
        let ended = tone.wait_timeout(Duration::from_secs(1))?.is_some();
        println!("writes of {chunk} bytes; all written: {ended}");
        tone.kill()?;
        tone.wait()?;
        let left = reader.read_to_end(&mut Vec::new())?;
        let seconds = left as f64 / 2.0 / 16000.0;
        println!("  left in the pipe: {left} bytes, {seconds} seconds");
    }
    Ok(())
}
