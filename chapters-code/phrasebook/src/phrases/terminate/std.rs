use anyhow::Context;
use rustix::process::{Pid, Signal, kill_process};
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let mut sleep = Command::new("sleep").arg("60").spawn()?;
    kill_process(Pid::from_child(&sleep), Signal::TERM)?;
    let status = sleep.wait()?;

    use std::os::unix::process::ExitStatusExt;
    let signal = status.signal();
    println!("ended by signal {}", signal.context("a signal")?);
    Ok(())
}
