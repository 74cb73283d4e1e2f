//! A thread that sleeps, and what is known of its process.

use super::descriptors::Fd;
use super::file;
use super::status::Status;
use recording::traced::Pid;

/// A thread, to be asked what it sleeps in.
pub(super) struct Sleeper<'a> {
    pub(super) pid: Pid,
    pub(super) tid: Pid,
    pub(super) status: &'a Status,
    /// All threads of its process.
    pub(super) threads: &'a [(Pid, Status)],
    pub(super) fds: &'a [Fd],
}

impl Sleeper<'_> {
    /// The kernel's function that it sleeps in.
    pub(super) fn function(&self) -> String {
        let path = format!("/proc/{}/task/{}/wchan", self.pid, self.tid);
        file::text(&path).unwrap_or_default()
    }

    pub(super) fn fd(&self, fd: i32) -> Option<&Fd> {
        self.fds.iter().find(|it| it.fd == fd)
    }
}
