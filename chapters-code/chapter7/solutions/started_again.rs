//! # A watchdog that outlives a failure
//!
//! `unchecked` makes each end of the worker a status: for the one who watches,
//! a failure is an answer. What is still an error then is the watchdog's own
//! trouble, such as a program that is not there, and `?` passes it on. `run`
//! waits, so nothing is left. `Command::status` of the standard library draws
//! the same line by itself.

use anyhow::{Context, Result};
use duct::cmd;
use std::process::ExitStatus;

pub fn watch(worker: &[&str], again: usize) -> Result<Vec<ExitStatus>> {
    let (program, arguments) = worker.split_first().context("no program")?;
    let worker = cmd(*program, arguments).unchecked();
    let mut runs = Vec::new();
    for _ in 0..=again {
        let run = worker.run();
        let status = run.with_context(|| format!("running {program}"))?.status;
        runs.push(status);
        if status.success() {
            break;
        }
    }
    Ok(runs)
}

#[cfg(test)]
#[path = "../checks/started_again.rs"]
mod checks;
