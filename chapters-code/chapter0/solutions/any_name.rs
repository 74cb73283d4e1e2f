//! # A name may hold anything
//!
//! The name is the only field that its owner writes, and it ends at the last
//! bracket: all fields after it are a letter and numbers. It is bytes, not
//! text, since the kernel cuts a long name after 15 bytes, be it inside a
//! letter. The lines `State:` and `PPid:` of `/proc/PID/status` would do as
//! well: there the kernel writes a newline in the name as `\n`.

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
