use anyhow::ensure;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let status = Command::new("pwd").current_dir("/").status()?;
    ensure!(status.success(), "pwd: {status}");
    Ok(())
}
