use anyhow::ensure;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let status = Command::new("echo").arg("hello").status()?;
    ensure!(status.success(), "echo: {status}");
    Ok(())
}
