//! # The whole family
//!
//! Before you end a process, you want to know who else is working for it.
//! `family` is to return the pids of all processes under `pid`: its children,
//! their children, and so on. As it is given here, `family` returns only the
//! pids of the children.
//!
//! Mend `below`. It gets a list from `everybody`: the pid and the parent's pid
//! of each process that still exists. It returns each pid under `pid` once, in
//! any order, and not `pid` itself. The list may be in any order too: after its
//! highest number the kernel begins again with low ones, so a child may have a
//! lower number than its parent.

use anyhow::{Context, Result};
use std::fs;

pub fn family(pid: u32) -> Result<Vec<u32>> {
    Ok(below(pid, &everybody()?))
}

/// The pids under `pid`, by a list of pids and their parents.
pub fn below(pid: u32, everybody: &[(u32, u32)]) -> Vec<u32> {
    let children = everybody.iter().filter(|(_, parent)| *parent == pid);
    children.map(|(child, _)| *child).collect()
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
