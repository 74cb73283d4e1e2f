//! # A log in the right order
//!
//! One pipe is one queue, so both streams go into one pipe. `stdout_capture`
//! stands last, so it takes effect first and connects stdout to the pipe. Then
//! `stderr_to_stdout` connects stderr to the same pipe. `unchecked` stays,
//! since a checked `run` would throw the log away when the script fails. A
//! shell can merge the streams too, with `exec 2>&1` before the script.

use anyhow::{Result, ensure};
use duct::cmd;

pub fn log_of(script: &str) -> Result<String> {
    let output = cmd!("sh", "-c", script)
        .stderr_to_stdout()
        .stdout_capture()
        .unchecked()
        .run()?;
    let log = String::from_utf8(output.stdout)?;
    let (status, last) = (output.status, last_lines(&log, 5));
    ensure!(status.success(), "{last}\n({status})");
    Ok(log)
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
#[path = "../checks/one_log.rs"]
mod checks;
