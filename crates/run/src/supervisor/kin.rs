//! What is left of a run beside the program.

#[cfg_attr(target_os = "linux", path = "kin/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "kin/elsewhere.rs")]
mod here;

pub(super) use here::{end, gone, living, taken};

use rustix::process::Pid;
use std::fmt;

/// A living process of the run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Process {
    pub(super) pid: Pid,
    /// What the kernel calls it (`comm`).
    pub(super) name: String,
    /// Its process group.
    group: Pid,
    /// When it started, in the kernel's ticks: with the pid, this names a
    /// process for good. 0 where it is not known.
    started: u64,
}

/// What the processes of a run take of the machine at a moment.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) processes: u64,
    /// In bytes. What processes share is counted for each.
    pub(super) memory: u64,
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pid = self.pid.as_raw_pid();
        write!(f, "{} (pid {pid})", self.name)
    }
}
