use anyhow::ensure;
use std::fs::File;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let out = File::create("out.txt")?;
    let mut echo = Command::new("echo");
    let status = echo.arg("hello").stdout(out).status()?;
    ensure!(status.success(), "echo: {status}");
    Ok(())
}
