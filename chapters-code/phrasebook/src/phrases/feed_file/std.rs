use anyhow::ensure;
use std::fs::File;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let names = File::open("names")?;
    let status = Command::new("sort").stdin(names).status()?;
    ensure!(status.success(), "sort: {status}");
    Ok(())
}
