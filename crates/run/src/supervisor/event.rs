//! What can happen to a supervisor.

use recording::Outcome;
use std::time::Instant;

/// The threads of a supervisor tell its first thread of these.
pub(super) enum SupervisorEvent {
    /// The owner wants the program to be asked to end, and made to.
    Stop,
    /// The owner wants the end of everything at once, or has gone.
    End,
    /// The run cannot be supervised any more.
    Broken(anyhow::Error),
    /// The program has ended at this time, and was waited for.
    Ended(Outcome, Instant),
    /// The supervisor has no child any more.
    Childless,
}
