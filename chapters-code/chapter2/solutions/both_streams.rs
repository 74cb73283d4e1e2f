//! # A runner that cannot hang
//!
//! duct reads each captured stream on a thread of its own, so neither can
//! fill while the other is read. `unchecked` makes a failing script an answer
//! like any other. With the standard library alone, `Command::output` does
//! the same.

use anyhow::Result;
use duct::cmd;

pub fn said(script: &str) -> Result<(String, String)> {
    let output = cmd!("sh", "-c", script)
        .stdout_capture()
        .stderr_capture()
        .unchecked()
        .run()?;
    Ok((
        String::from_utf8(output.stdout)?,
        String::from_utf8(output.stderr)?,
    ))
}

#[cfg(test)]
#[path = "../checks/both_streams.rs"]
mod checks;
