use anyhow::ensure;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let mut ask = Command::new("sh");
    ask.args(["-c", "echo ${LC_ALL-no locale}"]);
    let status = ask.env_remove("LC_ALL").status()?;
    ensure!(status.success(), "sh: {status}");
    Ok(())
}
