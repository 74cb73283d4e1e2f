use anyhow::ensure;
use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let sleep = cmd!("sleep", "60").unchecked().start()?;
    let runs = sleep.try_wait()?.is_none();

    ensure!(runs);
    sleep.kill()?;
    sleep.wait()?;
    ensure!(sleep.try_wait()?.is_some());
    Ok(())
}
