use anyhow::ensure;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let words = vec!["two words", "*.txt"];
    let mut printf = Command::new("printf");
    let status = printf.arg(r"%s\n").args(&words).status()?;
    ensure!(status.success(), "printf: {status}");
    Ok(())
}
