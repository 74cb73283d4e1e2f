//! # A time limit for the whole family
//!
//! `within` runs a shell script. If the script has ended in time, and all of
//! its output has come, `within` returns the `Output`. Otherwise it ends the
//! script and returns `None`.
//!
//! A script that starts other programs defeats it. A program that holds one of
//! the two pipes keeps `within` waiting for a minute. A program that holds none
//! is left behind and runs on.
//!
//! Mend it, with duct or with the standard library. When the time is over,
//! `within` must return, and of all that the script has started nothing may
//! be left. (Who has left the script's group need not be caught. The commands
//! `setsid` and `timeout` do that.)

use anyhow::Result;
use duct::cmd;
use std::{process::Output, time::Duration};

pub fn within(limit: Duration, script: &str) -> Result<Option<Output>> {
    let child = cmd!("sh", "-c", script)
        .stdin_null()
        .stdout_capture()
        .stderr_capture()
        .unchecked()
        .start()?;
    if child.wait_timeout(limit)?.is_some() {
        return Ok(Some(child.into_output()?));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

#[cfg(test)]
#[path = "../checks/whole_tree.rs"]
mod checks;
