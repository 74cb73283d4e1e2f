use anyhow::ensure;
use std::env;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let mut ask = Command::new("sh");
    ask.args(["-c", "echo $DISH, ${LC_ALL-no locale}"]);
    ask.env_clear().env("PATH", env::var("PATH")?);
    let status = ask.env("DISH", "dal").status()?;
    ensure!(status.success(), "sh: {status}");
    Ok(())
}
