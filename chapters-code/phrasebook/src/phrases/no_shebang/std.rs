use anyhow::ensure;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let status = Command::new("sh").arg("./tool").status()?;
    ensure!(status.success(), "sh: {status}");

    ensure!(Command::new("./tool").status().is_err());
    Ok(())
}
