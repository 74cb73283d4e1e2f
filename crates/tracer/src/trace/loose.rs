//! Processes that are stopped.
//!
//! A stopped process that is traced looks otherwise to those who read its state:
//! `t`, and not `T`. So it is let go while it is stopped; and looked after, often,
//! until it goes on.

use super::proc;
use super::process::Loose;
use super::ptrace::{self, Tid};
use super::tracer::{Tracer, outcome};
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

    fn look_after(&mut self, pid: Tid) -> anyhow::Result<()> {
        let state = proc::state_and_parent(pid).map(|(state, _)| state);
        let Some(loose) = self.processes.get_mut(pid).and_then(|it| it.loose.as_mut()) else {
            return Ok(());
        };
        match state {
            Some(b'T') => loose.looked_stopped = true,
            // A zombie, or waited for already.
            Some(b'Z' | b'X') | None => {
                let now = self.teller.now()?;
                let outcome = proc::exit_code(pid).map(outcome);
                return self.ended_by(pid, outcome, now);
            }
            Some(_) if !loose.looked_stopped && loose.since.elapsed() < STOPS_WITHIN => {}
            Some(_) => return self.goes_on(pid),
        }
        Ok(())
    }

    /// Traces a process again.
    fn goes_on(&mut self, pid: Tid) -> anyhow::Result<()> {
        let threads = proc::threads(pid);
        for tid in &threads {
            let _ = ptrace::seize(*tid);
            self.processes.add_thread(*tid, pid);
        }
        if let Some(process) = self.processes.get_mut(pid) {
            process.loose = None;
        }
        self.tell(pid, Did::Continued)
    }
}
