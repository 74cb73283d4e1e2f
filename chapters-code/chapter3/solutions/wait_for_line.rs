//! # The first line that says so
//!
//! `find` stops at the first line with the word and at the first `Err`, so no
//! way out passes by the end of the child. `kill` ends it and does not wait.
//! The wait is in the read that meets the end of the stream, and what is left
//! in the pipe comes before that. Killing a child that has been waited for
//! already does nothing. With the standard library the end is `child.kill()`
//! and `child.wait()`, which also gives the status.

use anyhow::Result;
use duct::cmd;
use std::io::{self, BufRead, BufReader};

pub fn first_with(
    word: &str,
    program: &str,
    args: &[&str],
) -> Result<Option<String>> {
    let reader = cmd(program, args).reader()?;
    let mut lines = BufReader::new(&reader).lines();
    let found = lines.find(|line| match line {
        Ok(line) => line.contains(word),
        Err(_) => true,
    });
    reader.kill()?;
    // Its error says that the child was killed. That is no news.
    let _ = io::copy(&mut &reader, &mut io::sink());
    Ok(found.transpose()?)
}

#[cfg(test)]
#[path = "../checks/wait_for_line.rs"]
mod checks;
