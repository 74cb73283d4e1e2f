//! Processes that are stopped.
//!
//! A stopped process that is traced looks otherwise to those who read its state:
//! `t`, and not `T`. So it is let go while it is stopped; and looked after, often,
//! until it goes on.

use super::process::Loose;
use super::ptrace::{self, Status, Tid, outcome};
use super::tracer::Tracer;
use super::{pidfd, proc};
use recording::Outcome;
use recording::traced::Did;
use std::time::{Duration, Instant};

/// So long a process may take to look stopped.
const STOPS_WITHIN: Duration = Duration::from_millis(20);

impl Tracer {
    pub(super) fn let_go(&mut self, tid: Tid, pid: Tid, signal: i32) -> anyhow::Result<()> {
        let loose = Loose {
            since: Instant::now(),
            looked_stopped: false,
        };
        let is_first = self
            .processes
            .get_mut(pid)
            .is_some_and(|process| process.loose.replace(loose).is_none());
        if is_first {
            self.tell(pid, Did::Stopped { signal })?;
        }
        ptrace::let_go(tid);
        Ok(())
    }

    /// Finds those that go on, or have ended, after they were let go.
    pub(super) fn find_continued(&mut self) -> anyhow::Result<()> {
        let loose = self
            .processes
            .all
            .iter()
            .filter(|(_, it)| it.loose.is_some());
        let loose: Vec<Tid> = loose.map(|(pid, _)| *pid).collect();
        loose.into_iter().try_for_each(|pid| self.look_after(pid))
    }

    pub(super) fn look_after(&mut self, pid: Tid) -> anyhow::Result<()> {
        let state = proc::state_and_parent(pid).map(|(state, _)| state);
        let Some(loose) = self.processes.get_mut(pid).and_then(|it| it.loose.as_mut()) else {
            return Ok(());
        };
        match state {
            Some(b'T') => loose.looked_stopped = true,
            // A zombie, or waited for already.
            Some(b'Z' | b'X') | None => {
                let now = self.teller.now()?;
                if let Some(process) = self.processes.get_mut(pid) {
                    process.loose = None;
                }
                let status = proc::exit_code(pid).or_else(|| self.kept_status(pid));
                let outcome = status.map(outcome);
                let killed = Outcome::Signal(libc::SIGKILL);
                if outcome.is_some_and(|outcome| outcome != killed) {
                    self.tell_at(now, None, pid, Did::Continued)?;
                }
                return self.ended_by(pid, outcome, now);
            }
            Some(_) if !loose.looked_stopped && loose.since.elapsed() < STOPS_WITHIN => {}
            Some(_) => return self.goes_on(pid),
        }
        Ok(())
    }

    /// How a process ended that was waited for already: its pidfd knows
    /// (Linux 6.15).
    fn kept_status(&self, pid: Tid) -> Option<i32> {
        pidfd::exit_status(self.processes.get(pid)?.pidfd.as_ref()?)
    }

    /// Traces a stopped process again that is about to go on, or to be killed: so
    /// nothing that it does then is missed.
    pub(super) fn hold_again(&mut self, pid: Tid) -> anyhow::Result<()> {
        let is_loose = self.processes.get(pid).is_some_and(|it| it.loose.is_some());
        if is_loose {
            self.trace_again(pid);
            self.resumed.insert(pid);
            for tid in proc::threads(pid) {
                // Each stops once more by being seized, and is left so until the
                // signal comes.
                if let Some(Status::Stopped(_)) = ptrace::take(tid) {
                    ptrace::listen(tid);
                }
            }
        }
        Ok(())
    }

    /// Traces a process again.
    fn goes_on(&mut self, pid: Tid) -> anyhow::Result<()> {
        self.trace_again(pid);
        self.tell(pid, Did::Continued)
    }

    fn trace_again(&mut self, pid: Tid) {
        let threads = proc::threads(pid);
        for tid in &threads {
            let _ = ptrace::seize(*tid);
            self.processes.add_thread(*tid, pid);
        }
        if let Some(process) = self.processes.get_mut(pid) {
            process.loose = None;
        }
    }
}
