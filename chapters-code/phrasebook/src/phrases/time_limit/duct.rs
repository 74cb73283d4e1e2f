use anyhow::Context;
use duct::cmd;
use std::time::Duration;

pub fn main() -> anyhow::Result<()> {
    let sleep = cmd!("sleep", "60").unchecked().start()?;
    sleep.wait_timeout(Duration::from_millis(100))?;
    sleep.kill()?;
    let status = sleep.wait()?.status;

    use std::os::unix::process::ExitStatusExt;
    let signal = status.signal();
    println!("ended by signal {}", signal.context("a signal")?);
    Ok(())
}
