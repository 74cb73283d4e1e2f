//! # A question with three answers
//!
//! `unchecked` hands over the status, and `match` asks for the three cases.
//! The last arm takes every other number, and also `None`, which is what
//! `code()` says of a child that a signal has ended. `run` itself returns the
//! error if the program cannot be started. With the standard library,
//! `Command::output` and the same `match` do it.

use anyhow::{Result, bail};
use duct::cmd;

pub fn holds(program: &str, args: &[&str]) -> Result<bool> {
    let output = cmd(program, args)
        .stdout_null()
        .stderr_capture()
        .unchecked()
        .run()?;
    match output.status.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("{program}: {} ({})", said.trim_end(), output.status)
        }
    }
}

#[cfg(test)]
#[path = "../checks/three_answers.rs"]
mod checks;
