//! # Three ways to end
//!
//! `unchecked` takes the failures out of the errors: what is left there never
//! ran. A status has either a code or a signal, and a code of 127 or 137 is a
//! code like others, since no shell stands between. The standard library's
//! `status()` is unchecked from the start, and the same `match` does for it.

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
