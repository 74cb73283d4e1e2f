//! What is seen when nothing happens.

use super::tracer::Tracer;
use crate::look::Thread;
use recording::Kind;
use recording::traced::Seen;
use std::time::{Duration, Instant};

/// So long nothing has happened before we look; then more and more seldom.
const QUIET: Duration = Duration::from_millis(20);
const SELDOM: Duration = Duration::from_millis(200);

/// Only what stands still between two looks may be judged: so long lies between
/// them.
const BETWEEN: Duration = Duration::from_millis(2);

/// When to look, and what was seen.
pub(super) struct Quiet {
    /// When something was told last, or seen.
    since: Instant,
    pause: Duration,
    /// There was a first look, and the second is to come.
    looked_once: bool,
    seen: Option<Seen>,
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

impl Tracer {
    /// Looks at all processes, if it is time, and tells what is seen if it is
    /// something else than was told last.
    pub(super) fn look_around(&mut self) -> anyhow::Result<()> {
        if !self.program_runs || !self.quiet.time().is_zero() {
            return Ok(());
        }
        let living = self.processes.all.iter();
        let living = living.filter(|(_, it)| it.died.is_none());
        let living: Vec<_> = living.map(|(pid, _)| pid.cast_unsigned()).collect();
        let lines = &mut self.lines;
        let mut line = |pid, thread: &Thread| lines.as_mut()?.line(pid, thread.at?);
        let seen = self.lookout.look(living, &self.alarmed, &mut line);
        self.quiet.since = Instant::now();
        if !self.quiet.looked_once {
            self.quiet.looked_once = true;
            return Ok(());
        }
        self.quiet.looked_once = false;
        self.quiet.pause = (self.quiet.pause * 2).min(SELDOM);
        let seen_before = self.quiet.seen.as_ref();
        let is_new = match seen_before {
            Some(before) => without_limits(before) != without_limits(&seen),
            None => !seen.asleep.is_empty(),
        };
        if is_new {
            self.quiet.pause = QUIET;
            for pid in self.few() {
                self.tell_descriptors(pid)?;
            }
            let now = self.teller.now()?;
            self.teller.tell_at(now, Kind::Seen(seen.clone()))?;
            self.quiet.looked_once = false;
            self.quiet.seen = Some(seen);
        }
        Ok(())
    }
}

/// What is compared: how long somebody still waits changes by itself.
fn without_limits(seen: &Seen) -> Seen {
    let mut seen = seen.clone();
    let sleeps = seen.asleep.iter_mut().flat_map(|it| &mut it.threads);
    sleeps.for_each(|sleep| sleep.limit_ms = None);
    seen.deadlock.iter_mut().for_each(|it| it.limits.clear());
    seen
}
