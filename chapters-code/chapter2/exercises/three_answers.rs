//! # A question with three answers
//!
//! `holds` runs a program that answers a question with its status, as `grep`
//! and `cmp` do. For every status other than 0, `holds` says no. So it also
//! says that a file holds no password when there is no such file.
//!
//! Mend it, with duct or with the standard library. Status 0 is `Ok(true)` and
//! 1 is `Ok(false)`, whatever the program said. All else is an `Err`: another
//! status, a signal, a program that cannot be started. What the program wrote
//! to stderr must then stand in the text of the error. What it writes to
//! stdout must not reach our own.

use anyhow::Result;
use duct::cmd;

pub fn holds(program: &str, args: &[&str]) -> Result<bool> {
    let output = cmd(program, args)
        .stdout_null()
        .stderr_null()
        .unchecked()
        .run()?;
    Ok(output.status.success())
}

#[cfg(test)]
#[path = "../checks/three_answers.rs"]
mod checks;
