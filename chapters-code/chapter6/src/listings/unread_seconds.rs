use duct::cmd;
use std::{env::current_exe, io::Read, io::pipe, time::Duration};

pub fn main() -> anyhow::Result<()> {
    for chunk in [4096, 3200] {
        let options = format!("child tone --fast --seconds 60 --chunk {chunk}");
        let tone = cmd(current_exe()?, options.split(' ')).unchecked();
        let (mut reader, writer) = pipe()?;
        let child = tone.stdout_file(writer).start()?;
        // For a second nobody reads. The child fills the pipe, and waits.
        let ended = child.wait_timeout(Duration::from_secs(1))?.is_some();
        println!("writes of {chunk} bytes; all written: {ended}");
        child.kill()?;
        child.wait()?;
        let left = reader.read_to_end(&mut Vec::new())?;
        // A sample has 2 bytes, and a second has 16,000 samples.
        let seconds = left as f64 / 2.0 / 16000.0;
        println!("  left in the pipe: {left} bytes, {seconds} seconds");
    }
    Ok(())
}
