use rustix::process::{Pid, Signal, kill_process_group};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut cook = Command::new("sh");
    cook.args(["-c", "sleep 60 & wait"]).stdout(Stdio::piped());
    let child = cook.process_group(0).spawn()?;
    kill_process_group(Pid::from_child(&child), Signal::KILL)?;
    child.wait_with_output()?;

    println!("all of them ended");
    Ok(())
}
