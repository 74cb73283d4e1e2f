//! What is seen when nothing happens.

use super::proc;
use super::ptrace::Tid;
use super::quiet::{QUIET, SELDOM};
use super::tracer::Tracer;
use crate::arch;
use crate::look::Thread;
use recording::Kind;
use recording::traced::Seen;
use std::time::Instant;

impl Tracer {
    /// Looks at all processes, if it is time, and tells what is seen if it is
    /// something else than was told last.
    pub(super) fn look_around(&mut self) -> anyhow::Result<()> {
        if !self.program_runs || !self.quiet.time().is_zero() {
            return Ok(());
        }
        let living = self.processes.living().map(Tid::cast_unsigned);
        let lines = &mut self.lines;
        let mut place = |pid, thread: &Thread| lines.as_mut()?.place(pid, thread.at?);
        let seen = self.lookout.look(living, &self.alarmed, &mut place);
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
                // Whoever sleeps in another call has closed what it was to close.
                if let Some(process) = self.processes.get_mut(pid) {
                    process.closing.retain(|tid, _| !sleeps_elsewhere(*tid));
                }
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

/// Whether a thread sleeps in a call that closes nothing.
fn sleeps_elsewhere(tid: Tid) -> bool {
    let name = proc::call(tid).map(|(call, _)| arch::name(call));
    name.is_some_and(|name| !matches!(name, Some("close" | "close_range" | "dup2" | "dup3")))
}

/// What is compared: how long somebody still waits changes by itself.
fn without_limits(seen: &Seen) -> Seen {
    let mut seen = seen.clone();
    let sleeps = seen.asleep.iter_mut().flat_map(|it| &mut it.threads);
    sleeps.for_each(|sleep| sleep.limit_ms = None);
    seen.deadlock.iter_mut().for_each(|it| it.limits.clear());
    seen
}
