use anyhow::{Context, ensure};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut printf = Command::new("printf");
    printf.arg(r"one\ntwo\n").stdout(Stdio::piped());
    let mut child = printf.spawn()?;
    let stdout = child.stdout.take().context("it is piped")?;
    for line in BufReader::new(stdout).lines() {
        println!("a line: {}", line?);
    }
    let status = child.wait()?;
    ensure!(status.success(), "printf: {status}");
    Ok(())
}
