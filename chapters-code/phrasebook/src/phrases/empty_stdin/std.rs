use anyhow::ensure;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let status = Command::new("cat").stdin(Stdio::null()).status()?;
    ensure!(status.success(), "cat: {status}");
    Ok(())
}
