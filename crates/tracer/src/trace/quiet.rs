//! When to look at what nothing happens in, and what was seen.

use recording::traced::Seen;
use std::time::{Duration, Instant};

/// So long nothing has happened before we look; then more and more seldom.
pub(super) const QUIET: Duration = Duration::from_millis(20);
pub(super) const SELDOM: Duration = Duration::from_millis(200);

/// Only what stands still between two looks may be judged: so long lies between
/// them.
const BETWEEN: Duration = Duration::from_millis(2);

/// When to look, and what was seen.
pub(super) struct Quiet {
    /// When something was told last, or seen.
    pub(super) since: Instant,
    pub(super) pause: Duration,
    /// There was a first look, and the second is to come.
    pub(super) looked_once: bool,
    pub(super) seen: Option<Seen>,
}

impl Quiet {
    pub(super) fn new() -> Quiet {
        Quiet {
            since: Instant::now(),
            pause: QUIET,
            looked_once: false,
            seen: None,
        }
    }

    /// Something happened: what was seen may not hold any more.
    pub(super) fn is_over(&mut self) {
        *self = Quiet::new();
    }

    /// How long until the next look.
    pub(super) fn time(&self) -> Duration {
        let pause = if self.looked_once {
            BETWEEN
        } else {
            self.pause
        };
        pause.saturating_sub(self.since.elapsed())
    }
}
