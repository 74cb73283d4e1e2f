//! # The whole family
//!
//! The function asks for the children of each process that it finds, until no
//! process is left to ask about. One walk through the list would miss a child
//! that stands before its parent. A function that calls itself for each child
//! would give the same answer. Such a tree cannot show everything. A process
//! whose parent has ended stands under another process now. And a process may
//! start or end while you use the list.

use anyhow::{Context, Result};
use std::fs;

pub fn family(pid: u32) -> Result<Vec<u32>> {
    Ok(below(pid, &everybody()?))
}

/// The pids under `pid`, by a list of pids and their parents.
pub fn below(pid: u32, everybody: &[(u32, u32)]) -> Vec<u32> {
    let mut found = Vec::new();
    let mut to_ask = vec![pid];
    while let Some(asked) = to_ask.pop() {
        for &(child, parent) in everybody {
            if parent == asked {
                found.push(child);
                to_ask.push(child);
            }
        }
    }
    found
}

fn everybody() -> Result<Vec<(u32, u32)>> {
    let entries = fs::read_dir("/proc").context("listing /proc")?;
    let names = entries.flatten().map(|entry| entry.file_name());
    let pids = names.filter_map(|name| name.to_str()?.parse().ok());
    // `parent` returns `None` for a process that has ended in the meantime.
    Ok(pids.filter_map(|pid| Some((pid, parent(pid)?))).collect())
}

fn parent(pid: u32) -> Option<u32> {
    let status = fs::read(format!("/proc/{pid}/status")).ok()?;
    let status = String::from_utf8_lossy(&status);
    let mut lines = status.lines();
    lines.find_map(|line| line.strip_prefix("PPid:")?.trim().parse().ok())
}

#[cfg(test)]
#[path = "../checks/family.rs"]
mod checks;
