use anyhow::ensure;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let mut sleep = Command::new("sleep").arg("60").spawn()?;
    let runs = sleep.try_wait()?.is_none();

    ensure!(runs);
    sleep.kill()?;
    sleep.wait()?;
    ensure!(sleep.try_wait()?.is_some());
    Ok(())
}
