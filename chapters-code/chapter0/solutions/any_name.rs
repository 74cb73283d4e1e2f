//! # A name may hold anything
//!
//! The name ends at the last `)` of the file: the fields after the name are a
//! letter and numbers. `fs::read` reads bytes, because the name need not be
//! text. The lines `State:` and `PPid:` of `/proc/PID/status` would give the
//! answer too: in that file the kernel writes a newline in the name as `\n`, so
//! a name cannot look like a line.

use anyhow::{Context, Result};
use std::fs;

pub fn state_and_parent(pid: u32) -> Result<(char, u32)> {
    let path = format!("/proc/{pid}/stat");
    let stat = fs::read(&path).context(path)?;
    let stat = String::from_utf8_lossy(&stat);
    let (_, after) = stat.rsplit_once(')').context("no name")?;
    let mut fields = after.split_whitespace();
    let state = fields.next().context("no state")?.parse()?;
    let parent = fields.next().context("no parent")?.parse()?;
    Ok((state, parent))
}

#[cfg(test)]
#[path = "../checks/any_name.rs"]
mod checks;
