use anyhow::Context;
use std::io::{BufRead, BufReader, read_to_string};
use std::process::{Command, Stdio};
use std::thread;

pub fn main() -> anyhow::Result<()> {
    let mut cook = Command::new("sh");
    cook.args(["-c", "echo dal; echo too hot >&2; exit 3"]);
    cook.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = cook.spawn()?;
    let stderr = child.stderr.take().context("it is piped")?;
    let kept = thread::spawn(|| read_to_string(stderr));
    let stdout = child.stdout.take().context("it is piped")?;
    for line in BufReader::new(stdout).lines() {
        println!("a line: {}", line?);
    }
    let status = child.wait()?;
    let stderr = kept.join().expect("it does not panic")?;

    println!("{}: {}", stderr.trim_end(), status.code().unwrap_or(-1));
    Ok(())
}
