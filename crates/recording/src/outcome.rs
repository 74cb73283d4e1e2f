//! How a process ended.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How a process ended: a code or a signal, never both (`wait(2)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The exit status, 0 to 255.
    Code(i32),
    /// The number of the signal that ended it.
    Signal(i32),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Code(code) => write!(f, "exit status {code}"),
            Outcome::Signal(signal) => write!(f, "signal {signal}"),
        }
    }
}
