use anyhow::ensure;
use std::fs::File;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let log = File::options().append(true).create(true).open("log")?;
    let mut echo = Command::new("echo");
    let status = echo.arg("today").stdout(log).status()?;
    ensure!(status.success(), "echo: {status}");
    Ok(())
}
