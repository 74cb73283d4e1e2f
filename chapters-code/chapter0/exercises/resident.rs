//! # What it has, not what it asked for
//!
//! A watchdog ends every process with more than 512 MB of memory. It asks
//! `resident`, and has just ended a service that had touched 20 MB. The next
//! day a process ended before it was asked about, and the watchdog crashed.
//!
//! Mend `resident`. It returns the bytes that are in memory now for the process
//! `pid`. A process that has ended has no memory: the answer is then `None`,
//! and not an error. Either `/proc` no longer has a folder for such a process,
//! or the folder's `status` has no line about memory.

use anyhow::{Context, Result};
use std::fs;

pub fn resident(pid: u32) -> Result<Option<u64>> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    for line in status.lines() {
        if let Some(size) = line.strip_prefix("VmSize:") {
            let number = size.split_whitespace().next();
            let kilobytes: u64 = number.context("no number")?.parse()?;
            return Ok(Some(kilobytes * 1024));
        }
    }
    Ok(None)
}

#[cfg(test)]
#[path = "../checks/resident.rs"]
mod checks;
