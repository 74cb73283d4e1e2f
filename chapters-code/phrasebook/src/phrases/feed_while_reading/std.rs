use anyhow::{Context, ensure};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::thread;

pub fn main() -> anyhow::Result<()> {
    let text = "a line\n".repeat(100_000);
    let mut cat = Command::new("cat");
    let mut child =
        cat.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut stdin = child.stdin.take().context("it is piped")?;
    thread::spawn(move || stdin.write_all(text.as_bytes()));
    let stdout = child.stdout.take().context("it is piped")?;
    let mut letters = 0;
    for line in BufReader::new(stdout).lines() {
        letters += line?.len();
    }
    ensure!(child.wait()?.success(), "cat failed");

    println!("{letters} letters");
    Ok(())
}
