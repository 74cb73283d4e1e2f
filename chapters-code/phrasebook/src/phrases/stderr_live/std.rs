use anyhow::{Context, ensure};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut cook = Command::new("sh");
    cook.args(["-c", "echo dal; echo too hot >&2"]);
    cook.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = cook.spawn()?;
    let stderr = child.stderr.take().context("it is piped")?;
    for line in BufReader::new(stderr).lines() {
        println!("it says: {}", line?);
    }
    let status = child.wait()?;
    ensure!(status.success(), "sh: {status}");
    Ok(())
}
