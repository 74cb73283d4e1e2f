//! # A name may hold anything
//!
//! `state_and_parent` returns the state of a process and its parent's pid, the
//! third and the fourth field of `/proc/PID/stat`. It worked until somebody
//! started a process named `web (old)`.
//!
//! A process may choose its name, up to 15 bytes. Blanks, brackets and a
//! newline may be among the bytes. The bytes need not be text: the kernel cuts
//! off what comes after the 15th byte, even in the middle of a letter of two
//! bytes. Mend the function so that the answer is right for each name. For a
//! process that is not there, it returns an error.

use anyhow::{Context, Result};
use std::fs;

pub fn state_and_parent(pid: u32) -> Result<(char, u32)> {
    let path = format!("/proc/{pid}/stat");
    let stat = fs::read_to_string(&path).context(path)?;
    let mut fields = stat.split_whitespace().skip(2);
    let state = fields.next().context("no state")?.parse()?;
    let parent = fields.next().context("no parent")?.parse()?;
    Ok((state, parent))
}

#[cfg(test)]
#[path = "../checks/any_name.rs"]
mod checks;
