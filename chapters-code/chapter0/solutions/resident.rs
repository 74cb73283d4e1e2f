//! # What it has, not what it asked for
//!
//! `VmRSS` counts the pages that are there; `VmSize` counts the plan. Its `kB`
//! are units of 1024 bytes. A process that has gone has no folder, so opening
//! the file fails with `NotFound`. If the process goes between the opening of
//! the file and the reading, the reading fails with ESRCH, "no such process",
//! number 3. A process whose parent has not asked yet how it ended has a
//! folder, but no memory and no line `VmRSS`.

use anyhow::{Context, Result};
use std::fs;
use std::io::{Error, ErrorKind};

const ESRCH: i32 = 3;

pub fn resident(pid: u32) -> Result<Option<u64>> {
    let path = format!("/proc/{pid}/status");
    let status = match fs::read(&path) {
        Ok(status) => status,
        Err(error) if has_gone(&error) => return Ok(None),
        Err(error) => return Err(error).context(path),
    };
    // The name in it need not be UTF-8.
    let status = String::from_utf8_lossy(&status);
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let Some(size) = line else {
        return Ok(None);
    };
    let number = size.split_whitespace().next();
    let kilobytes: u64 = number.context("VmRSS has no number")?.parse()?;
    Ok(Some(kilobytes * 1024))
}

fn has_gone(error: &Error) -> bool {
    error.kind() == ErrorKind::NotFound || error.raw_os_error() == Some(ESRCH)
}

#[cfg(test)]
#[path = "../checks/resident.rs"]
mod checks;
