//! # Three ways to end
//!
//! After `unchecked`, an error of `run` means that the program never ran. A
//! program that ran has a status, with either a code or a signal. The codes 127
//! and 137 are codes like others here, because no shell is involved. The
//! standard library's `status()` never checks, so the same `match` works on
//! what it returns.

use duct::cmd;
use std::io::ErrorKind;
use std::os::unix::process::ExitStatusExt;

#[derive(Debug, PartialEq)]
pub enum End {
    NotStarted(ErrorKind),
    Exited(i32),
    Killed(i32),
}

pub fn end_of(program: &str, args: &[&str]) -> End {
    let status = match cmd(program, args).unchecked().run() {
        Ok(output) => output.status,
        Err(error) => return End::NotStarted(error.kind()),
    };
    match (status.code(), status.signal()) {
        (Some(code), _) => End::Exited(code),
        (None, Some(signal)) => End::Killed(signal),
        (None, None) => unreachable!("it has ended, and {status} is no end"),
    }
}

#[cfg(test)]
#[path = "../checks/three_ends.rs"]
mod checks;
