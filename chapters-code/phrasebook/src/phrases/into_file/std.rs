use anyhow::ensure;
use std::fs::File;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let out = File::create("out.txt")?;
    let status =
        Command::new("echo").arg("hello").stdout(out).status()?;
    ensure!(status.success(), "echo: {status}");
    Ok(())
}
