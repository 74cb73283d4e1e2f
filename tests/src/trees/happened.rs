//! What all who tell of a tree tell alike.

use recording::Outcome;
use recording::traced::{Pid, SpawnCall};

/// One thing that happened in a tree of processes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    Spawned {
        parent: Pid,
        child: Pid,
        how: SpawnCall,
    },
    Executed {
        pid: Pid,
        argv: Vec<String>,
    },
    Ended {
        pid: Pid,
        outcome: Outcome,
    },
    /// By a process of the tree. Who is collected by somebody outside is no
    /// part of the tree any more.
    Reaped {
        pid: Pid,
        by: Pid,
    },
}
