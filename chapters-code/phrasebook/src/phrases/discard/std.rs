use anyhow::ensure;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut cook = Command::new("sh");
    cook.args(["-c", "echo dal; echo too hot >&2"]);
    cook.stdout(Stdio::null()).stderr(Stdio::null());
    let status = cook.status()?;
    ensure!(status.success(), "sh: {status}");
    Ok(())
}
