use anyhow::ensure;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let mut printenv = Command::new("printenv");
    let status = printenv.arg("DISH").env("DISH", "dal").status()?;
    ensure!(status.success(), "printenv: {status}");
    Ok(())
}
