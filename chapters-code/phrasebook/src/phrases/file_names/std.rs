use anyhow::ensure;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let name = "-n";
    let status = Command::new("cat").arg("--").arg(name).status()?;
    ensure!(status.success(), "cat: {status}");
    Ok(())
}
