//! A line of a tracer.

use crate::event::Event;
use serde::{Deserialize, Serialize};

/// A line of a tracer: an event, and its place among what the run printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    #[serde(flatten)]
    pub event: Event,
    /// How many bytes the run had written to its stdout by then, and to its
    /// stderr: what was written before stands before the event.
    pub stdout: u64,
    pub stderr: u64,
}
