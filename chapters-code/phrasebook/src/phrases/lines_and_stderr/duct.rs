use anyhow::Context;
use duct::cmd;
use std::io::{BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "echo dal; echo too hot >&2; exit 3");
    let reader = cook.unchecked().stderr_capture().reader()?;
    for line in BufReader::new(&reader).lines() {
        println!("a line: {}", line?);
    }
    let output = reader.try_wait()?.context("it has ended")?;
    let stderr = String::from_utf8_lossy(&output.stderr);

    println!(
        "{}: {}",
        stderr.trim_end(),
        output.status.code().unwrap_or(-1)
    );
    Ok(())
}
