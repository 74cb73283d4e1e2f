use anyhow::ensure;
use std::fs::File;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let log = File::create("log")?;
    let mut cook = Command::new("sh");
    cook.args(["-c", "echo chop; echo too hot >&2; echo serve"]);
    let status = cook.stdout(log.try_clone()?).stderr(log).status()?;
    ensure!(status.success(), "sh: {status}");
    Ok(())
}
