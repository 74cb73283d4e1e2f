//! # A time limit that asks first
//!
//! `tidy` runs a shell script and returns how it ended and what it said. Once
//! the limit is over, the script has a grace to put its things in order. As it
//! is, nobody tells it so: it works on, and then it is killed.
//!
//! Mend it, with duct or std. After the limit, TERM asks the script and all
//! that it has started to end. `tidy` returns as soon as they have. KILL ends
//! whoever is left after the grace, and nobody before. That may be a
//! grandchild that ignores TERM, though the script obeys it. (Who has left the
//! group, like `timeout`, need not be caught.) A script that ends in time may
//! leave a process that holds neither of the script's pipes: do not signal it.

use anyhow::{Context, Result};
use duct::cmd;
use rustix::process::{Pid, Signal, kill_process_group};
use std::os::unix::process::CommandExt;
use std::{process::Output, time::Duration};

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
    let group = Pid::from_raw(child.pids()[0] as i32).context("pid 0")?;
    if child.wait_timeout(limit + grace)?.is_none() {
        kill_process_group(group, Signal::KILL)?;
    }
    Ok(child.into_output()?)
}

#[cfg(test)]
#[path = "../checks/asked_first.rs"]
mod checks;
