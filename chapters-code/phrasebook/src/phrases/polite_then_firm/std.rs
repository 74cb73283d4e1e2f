use anyhow::Context;
use rustix::process::{Pid, Signal, kill_process};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

pub fn main() -> anyhow::Result<()> {
    let mut sleep = Command::new("sleep").arg("60").spawn()?;
    kill_process(Pid::from_child(&sleep), Signal::TERM)?;
    let end = Instant::now() + Duration::from_secs(5);
    while sleep.try_wait()?.is_none() && Instant::now() < end {
        thread::sleep(Duration::from_millis(10));
    }
    sleep.kill()?;
    let status = sleep.wait()?;

    use std::os::unix::process::ExitStatusExt;
    let signal = status.signal();
    println!("ended by signal {}", signal.context("a signal")?);
    Ok(())
}
