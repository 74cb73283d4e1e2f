use anyhow::{Context, ensure};
use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

pub fn main() -> anyhow::Result<()> {
    let text = "pear\napple\n";
    let mut sort = Command::new("sort");
    sort.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = sort.spawn()?;
    let mut stdin = child.stdin.take().context("it is piped")?;
    thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "sort: {}", output.status);
    let sorted = String::from_utf8(output.stdout)?;

    print!("{sorted}");
    Ok(())
}
