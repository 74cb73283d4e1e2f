//! Processes that have ended: how, and who waits for them.

use super::proc;
use super::process::Died;
use super::ptrace::Tid;
use super::tracer::{Tracer, outcome};
use crate::tell::Moment;
use recording::Outcome;
use recording::traced::Did;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::time::Instant;

impl Tracer {
    /// A thread has ended. Its parent does not know yet, if it is a process.
    pub(super) fn ended(&mut self, tid: Tid) -> anyhow::Result<()> {
        let now = self.teller.now()?;
        let outcome = proc::exit_code(tid).map(outcome);
        self.ended_by(tid, outcome, now)
    }

    pub(super) fn ended_by(
        &mut self,
        tid: Tid,
        outcome: Option<Outcome>,
        when: Moment,
    ) -> anyhow::Result<()> {
        let Some(pid) = self.processes.of(tid) else {
            return Ok(());
        };
        if tid != pid {
            self.processes.remove_thread(tid);
            let ends = self.processes.get(pid).is_none_or(|it| it.told_exiting);
            return if ends {
                Ok(())
            } else {
                self.tell_threads(pid, None)
            };
        }
        // Only of what was killed is the end not seen.
        let outcome = outcome.unwrap_or(Outcome::Signal(libc::SIGKILL));
        self.tell_exiting(pid, outcome)?;
        self.tell_at(when, None, pid, Did::Exited { outcome })?;
        self.find_orphans(pid)?;
        let parent = self.processes.get(pid).map(|it| it.parent);
        let parent = parent.filter(|parent| self.processes.get(*parent).is_some());
        let waited_for = parent.is_some_and(|parent| !proc::waiting(parent).is_empty());
        let line = parent.and_then(|parent| self.line_of_wait(parent, pid));
        if let Some(process) = self.processes.get_mut(pid) {
            process.loose = None;
            process.died = Some(Died {
                when: Instant::now(),
                reaped_at: waited_for.then_some(when),
                line,
            });
        }
        Ok(())
    }

    /// Tells who has the children of a process that has ended.
    fn find_orphans(&mut self, pid: Tid) -> anyhow::Result<()> {
        for child in self.processes.children(pid) {
            let Some((_, parent)) = proc::state_and_parent(child) else {
                continue;
            };
            if parent != pid
                && let Some(process) = self.processes.get_mut(child)
            {
                process.parent = parent;
                let to = self.processes.known(parent);
                self.tell(child, Did::Orphaned { to })?;
            }
        }
        Ok(())
    }

    /// Finds those that have ended and were waited for.
    pub(super) fn find_reaped(&mut self) -> anyhow::Result<()> {
        let dead = self
            .processes
            .all
            .iter()
            .filter(|(_, it)| it.died.is_some());
        let dead: Vec<Tid> = dead.map(|(pid, _)| *pid).collect();
        for pid in dead {
            if self.was_waited_for(pid) {
                self.gone(pid)?;
            }
        }
        Ok(())
    }

    fn was_waited_for(&self, pid: Tid) -> bool {
        let Some(pidfd) = self.processes.get(pid).and_then(|it| it.pidfd.as_ref()) else {
            return proc::state_and_parent(pid).is_none();
        };
        // The pidfd hangs up then (Linux 6.9).
        let mut hung_up = [PollFd::new(pidfd, PollFlags::empty())];
        // A signal may interrupt it: then the next look will do.
        matches!(poll(&mut hung_up, Some(&Timespec::default())), Ok(1))
    }

    fn gone(&mut self, pid: Tid) -> anyhow::Result<()> {
        let Some(process) = self.processes.remove(pid) else {
            return Ok(());
        };
        self.forget_lines(pid);
        let by = self.processes.known(process.parent);
        let died = process.died.as_ref();
        let zombie_ms = died.map_or(0.0, |it| it.when.elapsed().as_secs_f64() * 1e3);
        let zombie_ms = (zombie_ms * 1e3).round() / 1e3;
        let line = died.and_then(|it| it.line);
        let when = match died.and_then(|it| it.reaped_at) {
            Some(moment) => moment,
            None => self.teller.now()?,
        };
        self.tell_at(when, line, pid, Did::Reaped { by, zombie_ms })
    }
}
