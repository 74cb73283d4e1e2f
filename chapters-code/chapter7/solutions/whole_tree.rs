//! # A time limit for the whole family
//!
//! The script gets a group of its own before it starts, so whatever it starts
//! is born into that group, and one KILL reaches all. After it the pipes have
//! no holder, and `wait` is short. Only who has left the group is missed, such
//! as the program behind a `timeout`. `SRCH` is no failure: it says that the last
//! of them went by itself in that moment. In the standard library the group is
//! `Command::process_group(0)`, but two threads have to read the pipes, and
//! the deadline is a loop around `try_wait`.

use anyhow::{Context, Result};
use duct::cmd;
use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process_group};
use std::os::unix::process::CommandExt;
use std::{process::Output, time::Duration};

pub fn within(limit: Duration, script: &str) -> Result<Option<Output>> {
    let child = cmd!("sh", "-c", script)
        .stdin_null()
        .stdout_capture()
        .stderr_capture()
        .unchecked()
        .before_spawn(|command| {
            command.process_group(0);
            Ok(())
        })
        .start()?;
    if child.wait_timeout(limit)?.is_some() {
        return Ok(Some(child.into_output()?));
    }
    let group = Pid::from_raw(child.pids()[0] as i32).context("pid 0")?;
    match kill_process_group(group, Signal::KILL) {
        Ok(()) | Err(Errno::SRCH) => {}
        Err(error) => return Err(error).context("killing the group"),
    }
    child.wait()?;
    Ok(None)
}

#[cfg(test)]
#[path = "../checks/whole_tree.rs"]
mod checks;
