//! When something happened, and to whom.

use recording::traced::Pid;

#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Seconds since the run started.
    pub t: f64,
    pub pid: Pid,
    /// The line of the listing that brought it about, where it was told.
    pub line: Option<u32>,
}
