//! # The first line that says so
//!
//! `first_with` runs a program and returns the first line of its stdout that
//! contains a word, such as `ready`. Then it forgets the child. If the child
//! fails before it has written such a line, `first_with` never returns.
//!
//! Mend it, with duct or with the standard library. The line must be returned
//! as soon as it is there, even if processes that the child has started still
//! have the pipe open. (These processes may go on.) If the stream ends without
//! such a line, let the child end by itself, and look at its status: return
//! `Ok(None)` if it is 0, and an `Err` otherwise. A line that is not UTF-8 is
//! an `Err`. In all these cases, the child is neither running nor a zombie
//! when `first_with` returns.

use anyhow::Result;
use duct::cmd;
use std::io::{BufRead, BufReader};

pub fn first_with(
    word: &str,
    program: &str,
    args: &[&str],
) -> Result<Option<String>> {
    let reader = cmd(program, args).reader()?;
    for line in BufReader::new(reader).lines() {
        let line = line.unwrap_or_default();
        if line.contains(word) {
            return Ok(Some(line));
        }
    }
    Ok(None)
}

#[cfg(test)]
#[path = "../checks/wait_for_line.rs"]
mod checks;
