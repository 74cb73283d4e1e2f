//! # Rows and progress
//!
//! `work` runs a shell script whose stdout is data and whose stderr is
//! progress. Every line arrives, the script ends, and `work` never returns.
//!
//! Mend it. Each line of stderr, without its newline, goes to `on_line` while
//! the script runs. `work` returns the whole stdout. If the script fails, it
//! returns an error with the last line of stderr in it. A megabyte on each
//! stream must not stop it, and no child may be left.

use anyhow::{Result, ensure};
use duct::cmd;
use std::io::{BufRead, BufReader, pipe};

pub fn work(script: &str, mut on_line: impl FnMut(&str)) -> Result<String> {
    let (progress, writer) = pipe()?;
    let script = cmd!("sh", "-c", script)
        .stdout_capture()
        .stderr_file(writer)
        .unchecked();
    let child = script.start()?;
    let mut last = String::new();
    for line in BufReader::new(progress).lines() {
        last = line?;
        on_line(&last);
    }
    let output = child.wait()?;
    ensure!(output.status.success(), "{}: {last}", output.status);
    Ok(String::from_utf8(output.stdout.clone())?)
}

#[cfg(test)]
#[path = "../checks/rows_and_progress.rs"]
mod checks;
