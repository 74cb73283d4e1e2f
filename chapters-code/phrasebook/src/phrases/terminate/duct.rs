use anyhow::Context;
use duct::cmd;
use duct::unix::HandleExt;
use rustix::process::Signal;

pub fn main() -> anyhow::Result<()> {
    let sleep = cmd!("sleep", "60").unchecked().start()?;
    sleep.send_signal(Signal::TERM.as_raw())?;
    let status = sleep.wait()?.status;

    use std::os::unix::process::ExitStatusExt;
    let signal = status.signal();
    println!("ended by signal {}", signal.context("a signal")?);
    Ok(())
}
