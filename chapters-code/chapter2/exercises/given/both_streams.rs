//! # A runner that cannot hang
//!
//! `said` runs a shell script and returns what it wrote to stdout and what it
//! wrote to stderr. `said` works for a script that writes little. If a script
//! writes more to stderr than a pipe holds, `said` waits for ever.
//!
//! Mend `said`, with duct or with the standard library. Both texts must come
//! whole, whatever the script's status, and no process may be left.

use anyhow::{Context, Result};
use std::io::{Read, read_to_string};
use std::process::{Command, Stdio};

pub fn said(script: &str) -> Result<(String, String)> {
    let mut child = Command::new("sh")
        .args(["-c", script])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut stdout = String::new();
    let pipe = child.stdout.as_mut().context("stdout is piped")?;
    pipe.read_to_string(&mut stdout)?;
    let stderr =
        read_to_string(child.stderr.take().context("stderr is piped")?)?;
    child.wait()?;
    Ok((stdout, stderr))
}

#[cfg(test)]
#[path = "../checks/both_streams.rs"]
mod checks;
