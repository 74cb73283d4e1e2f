//! What is known of a process.

use crate::row::{Column, Life};
use recording::Outcome;
use recording::traced::{Asleep, Descriptor, Pid};

#[derive(Clone, Debug)]
pub struct Process {
    pub pid: Pid,
    /// Who would collect it; none for somebody outside.
    pub parent: Option<Pid>,
    pub column: Column,
    /// Where it stands in the tree, for [`crate::compare`].
    pub started_by: Option<Pid>,
    /// The line of the listing by which it was started, or its ancestor.
    pub line: Option<u32>,
    /// It runs a program of its own by now.
    pub ran: bool,
    pub descriptors: Vec<Descriptor>,
    pub threads: u32,
    pub outcome: Option<Outcome>,
    pub is_gone: bool,
    pub is_stopped: bool,
    pub is_orphan: bool,
    /// As it was last seen, until it is told or seen to have moved.
    pub asleep: Option<Asleep>,
    pub says: Option<String>,
    pub is_stuck: bool,
    /// The row in which it was started, and that in which it ended.
    pub start: Option<u32>,
    pub end: Option<u32>,
    /// When it was told to end.
    pub ended_at: f64,
    /// Rows that name it, from before it ran a program of its own.
    pub named_in: Vec<u32>,
    /// The row that told of a SIGPIPE which it got.
    pub broken_pipe: Option<u32>,
    /// Signals that were told to be on their way to it.
    pub expected: Vec<Expected>,
    /// How it counts in its column.
    pub counted: Life,
}

/// A signal that somebody sent, and the row that says so.
#[derive(Clone, Debug)]
pub struct Expected {
    pub signal: i32,
    pub row: u32,
}

impl Process {
    pub fn new(pid: Pid, parent: Option<Pid>, column: Column, line: Option<u32>) -> Self {
        Process {
            pid,
            parent,
            column,
            started_by: parent,
            line,
            ran: false,
            descriptors: Vec::new(),
            threads: 1,
            outcome: None,
            is_gone: false,
            is_stopped: false,
            is_orphan: false,
            asleep: None,
            says: None,
            is_stuck: false,
            start: None,
            end: None,
            ended_at: 0.0,
            named_in: Vec::new(),
            broken_pipe: None,
            expected: Vec::new(),
            counted: Life::Runs,
        }
    }

    pub fn life(&self) -> Life {
        match self {
            _ if self.is_gone => Life::Gone,
            // Whoever is outside collects it, and when is no matter of the run.
            _ if self.outcome.is_some() && self.parent.is_none() => Life::Gone,
            _ if self.outcome.is_some() => Life::Zombie,
            _ if self.is_stopped => Life::Stopped,
            _ if self.asleep.is_some() => Life::Asleep,
            _ => Life::Runs,
        }
    }

    pub fn is_alive(&self) -> bool {
        self.outcome.is_none() && !self.is_gone
    }
}
