use anyhow::Context;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut yes = Command::new("yes").stdout(Stdio::piped()).spawn()?;
    let stdout = yes.stdout.take().context("it is piped")?;
    let line = BufReader::new(stdout).lines().next();
    yes.kill()?;
    yes.wait()?;

    println!("{}", line.context("a line")??);
    Ok(())
}
