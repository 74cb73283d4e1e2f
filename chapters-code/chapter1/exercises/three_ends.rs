//! # Three ways to end
//!
//! Jobs run at night, one after the other, and a log says of each how it
//! ended. One morning it said "not started", and you looked for a missing
//! program until noon. The program was there. It had exited with 2.
//!
//! Mend `end_of`. It runs a program, waits for its end, and returns one of
//! three things: `NotStarted` with the reason, `Exited` with the exit status,
//! or `Killed` with the signal's number. None of the three may be taken for
//! another, whatever the numbers.

use duct::cmd;
use std::io::ErrorKind;

#[derive(Debug, PartialEq)]
pub enum End {
    NotStarted(ErrorKind),
    Exited(i32),
    Killed(i32),
}

pub fn end_of(program: &str, args: &[&str]) -> End {
    match cmd(program, args).run() {
        Ok(_) => End::Exited(0),
        Err(error) => End::NotStarted(error.kind()),
    }
}

#[cfg(test)]
#[path = "../checks/three_ends.rs"]
mod checks;
