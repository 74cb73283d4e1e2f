//! One process of a run, and what all of them use.

use rustix::process::Pid;
use std::fmt;

/// A living process of the run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Process {
    pub(crate) pid: Pid,
    /// What the kernel calls it (`comm`).
    pub(crate) name: String,
    /// Its process group.
    pub(super) group: Pid,
    /// When it started, in the kernel's ticks: with the pid, this names a
    /// process for good. 0 where it is not known.
    pub(super) started: u64,
}

/// What the processes of a run use of the machine at a moment.
#[derive(Default)]
pub(crate) struct Usage {
    pub(crate) processes: u64,
    /// Memory in bytes. What processes share is counted for each.
    pub(crate) memory: u64,
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pid = self.pid.as_raw_pid();
        write!(f, "{} (pid {pid})", self.name)
    }
}
