//! # A watchdog that outlives a failure
//!
//! `watch` starts a worker. When the worker has failed, it is started again,
//! `again` times at most. After a success it is not started again. `watch`
//! returns the status of each run, in order.
//!
//! This version goes on after any error. So it knows no status of a failure,
//! and it tries a program that does not exist again and again.
//!
//! Mend it, with duct or with the standard library. An end by a signal is a
//! failure, too. A worker that cannot be started is an error at once. No
//! process may be left, not even a zombie.

use anyhow::{Context, Result};
use duct::cmd;
use std::process::ExitStatus;

pub fn watch(worker: &[&str], again: usize) -> Result<Vec<ExitStatus>> {
    let (program, arguments) = worker.split_first().context("no program")?;
    let worker = cmd(*program, arguments);
    let mut runs = Vec::new();
    for _ in 0..=again {
        if let Ok(output) = worker.run() {
            runs.push(output.status);
            break;
        }
    }
    Ok(runs)
}

#[cfg(test)]
#[path = "../checks/started_again.rs"]
mod checks;
