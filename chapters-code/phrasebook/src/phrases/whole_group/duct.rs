use anyhow::Context;
use duct::cmd;
use rustix::process::{Pid, Signal, kill_process_group};
use std::os::unix::process::CommandExt;

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "sleep 60 & wait").stdout_capture();
    let group = cook.before_spawn(|command| {
        command.process_group(0);
        Ok(())
    });
    let child = group.unchecked().start()?;
    let pid = Pid::from_raw(child.pids()[0].cast_signed());
    kill_process_group(pid.context("no pid is 0")?, Signal::KILL)?;
    child.wait()?;

    println!("all of them ended");
    Ok(())
}
