use anyhow::Context;
use duct::cmd;
use rustix::process::{Pid, Signal, kill_process_group};
use std::os::unix::process::CommandExt;

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "sleep 60 & wait").stdout_capture();
    let cook = cook.before_spawn(|command| {
        command.process_group(0);
        Ok(())
    });
    let child = cook.unchecked().start()?;
    let pid = Pid::from_raw(child.pids()[0].cast_signed());
    let group = pid.context("a pid is never 0")?;
    kill_process_group(group, Signal::KILL)?;
    child.wait()?;

    println!("all of them ended");
    Ok(())
}
