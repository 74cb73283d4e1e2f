use anyhow::ensure;
use std::path::absolute;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let mut tool = Command::new(absolute("tool")?);
    let status = tool.current_dir("/").status()?;
    ensure!(status.success(), "tool: {status}");
    Ok(())
}
