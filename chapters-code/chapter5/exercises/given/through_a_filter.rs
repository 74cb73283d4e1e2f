//! # Through a filter
//!
//! `filtered` sends bytes through a shell script and returns the answer. It
//! works with a page of text. With a book it stands still.
//!
//! Mend it. Any number of bytes goes through, and the answer comes back whole.
//! A script may stop reading when it likes: that is no failure, and what it
//! has answered counts. If the script fails, `filtered` returns an error. In
//! no case may a child be left, not even a zombie.

use anyhow::{Context, Result, ensure};
use std::io::Write;
use std::process::{Command, Stdio};

pub fn filtered(script: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut filter = Command::new("sh")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut stdin = filter.stdin.take().context("stdin is piped")?;
    stdin.write_all(bytes)?;
    drop(stdin);
    let output = filter.wait_with_output()?;
    ensure!(output.status.success(), "{script}: {}", output.status);
    Ok(output.stdout)
}

#[cfg(test)]
#[path = "../checks/through_a_filter.rs"]
mod checks;
