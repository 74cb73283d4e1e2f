//! # A log in the right order
//!
//! `log_of` runs a shell script and returns its log: what it wrote to stdout
//! and to stderr. If the script fails, the log's last five lines go into the
//! error. But all of stdout comes first, and then all of stderr. So nobody can
//! see after which step the complaint was made.
//!
//! Mend it. The log must have both streams, whole, in the order in which the
//! script wrote them. If the script fails, the text of the error must have the
//! last five lines of this log, and the status. Nothing may reach our own
//! stdout or stderr.

use anyhow::{Result, ensure};
use duct::cmd;

pub fn log_of(script: &str) -> Result<String> {
    let output = cmd!("sh", "-c", script)
        .stdout_capture()
        .stderr_capture()
        .unchecked()
        .run()?;
    let mut log = String::from_utf8(output.stdout)?;
    log.push_str(&String::from_utf8(output.stderr)?);
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
