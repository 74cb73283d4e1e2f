//! # Rows and progress
//!
//! The expression kept a copy of the writing end, so the end of file could not
//! come while it had a name. Without a name it is dropped at the end of its
//! statement, and only the child can write. duct reads the captured stdout on
//! a thread of its own meanwhile. `drop(script)` right after `start` does the
//! same. With the standard library both pipes are piped, and one of them is
//! read on a thread; a `Command` that was given a writer keeps it too.

use anyhow::{Result, ensure};
use duct::cmd;
use std::io::{BufRead, BufReader, pipe};

pub fn work(script: &str, mut on_line: impl FnMut(&str)) -> Result<String> {
    let (progress, writer) = pipe()?;
    let child = cmd!("sh", "-c", script)
        .stdout_capture()
        .stderr_file(writer)
        .unchecked()
        .start()?;
    let mut last = String::new();
    for line in BufReader::new(progress).split(b'\n') {
        last = String::from_utf8_lossy(&line?).into_owned();
        on_line(&last);
    }
    let output = child.wait()?;
    ensure!(output.status.success(), "{}: {last}", output.status);
    Ok(String::from_utf8(output.stdout.clone())?)
}

#[cfg(test)]
#[path = "../checks/rows_and_progress.rs"]
mod checks;
