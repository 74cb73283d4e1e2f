//! # A time limit that asks first
//!
//! After the TERM two questions are asked, until both say that nobody is left:
//! `try_wait` about the child, which also collects it, and then
//! `test_kill_process_group` about the others. KILL is for those who are there
//! when the grace is over. To ask about the child alone would leave the deaf
//! grandchild; to kill the group as soon as the child has gone would cut off
//! one that is still tidying up. A script that ends in time is not signalled:
//! it has been waited for, so its number may be a stranger's. And what it left
//! in the background may be there on purpose. Whoever has left the group, as
//! the program behind a `timeout`, hears neither signal.

use anyhow::{Context, Result};
use duct::{Handle, cmd};
use rustix::io::Errno;
use rustix::process::{Pid, Signal};
use rustix::process::{kill_process_group, test_kill_process_group};
use std::os::unix::process::CommandExt;
use std::time::{Duration, Instant};
use std::{process::Output, thread};

pub fn tidy(script: &str, limit: Duration, grace: Duration) -> Result<Output> {
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
    if child.wait_timeout(limit)?.is_none() {
        end_family(&child, grace)?;
    }
    Ok(child.into_output()?)
}

/// The child must lead a group of its own.
fn end_family(child: &Handle, grace: Duration) -> Result<()> {
    let group = Pid::from_raw(child.pids()[0] as i32).context("pid 0")?;
    tell(group, Signal::TERM)?;
    let deadline = Instant::now() + grace;
    while Instant::now() < deadline {
        let child_gone = child.try_wait()?.is_some();
        if child_gone && test_kill_process_group(group) == Err(Errno::SRCH) {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(10));
    }
    tell(group, Signal::KILL)
}

/// `SRCH` is the news that nobody is left to be told.
fn tell(group: Pid, signal: Signal) -> Result<()> {
    match kill_process_group(group, signal) {
        Ok(()) | Err(Errno::SRCH) => Ok(()),
        Err(error) => Err(error).context("signalling the group"),
    }
}

#[cfg(test)]
#[path = "../checks/asked_first.rs"]
mod checks;
