//! Processes that have ended: how, and who waits for them.

use super::proc;
use super::process::{Died, Left, Process, Wait};
use super::ptrace::{Tid, outcome};
use super::tracer::Tracer;
use crate::tell::Moment;
use recording::Outcome;
use recording::traced::{Did, SignalAction};
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
            self.newborn.remove(&tid);
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
        self.adopt_newborn()?;
        let wait = self.wait_for(pid, when);
        if let Some(process) = self.processes.get_mut(pid) {
            process.loose = None;
            process.died = Some(Died {
                when: Instant::now(),
                wait,
            });
        }
        Ok(())
    }

    /// How a process that ends now will be waited for.
    fn wait_for(&mut self, pid: Tid, when: Moment) -> Wait {
        let Some(parent) = self.living_parent(pid) else {
            return Wait::default();
        };
        let parents = self.processes.get(parent).filter(|it| it.is_in_wait);
        let in_wait = parents.is_some();
        let heard_at = parents.and_then(|it| it.waits_at);
        let waits = in_wait || !proc::waiting(parent).is_empty();
        Wait {
            reaped_at: waits.then_some(when),
            line: self.line_of_wait(parent, pid).or(heard_at),
            collected: waits && proc::action(parent, libc::SIGCHLD) == SignalAction::Ignored,
        }
    }

    /// Lets go of a process that has begun to end, when that is told. Else it would be
    /// a zombie for which its parent cannot wait yet, and anybody could see that.
    pub(super) fn leave(&mut self, pid: Tid, outcome: Outcome) -> anyhow::Result<()> {
        if self.processes.get(pid).is_none_or(|it| it.pidfd.is_none()) {
            return Ok(());
        }
        let when = self.teller.now()?;
        let wait = self.wait_for(pid, when);
        if let Some(process) = self.processes.get_mut(pid) {
            process.left = Some(Left {
                outcome,
                when,
                wait,
            });
        }
        Ok(())
    }

    /// Finds those that were let go of and have ended.
    fn find_ended(&mut self) -> anyhow::Result<()> {
        let leaving = |it: &Process| it.died.is_none() && it.left.is_some();
        let leaving = self.processes.all.iter().filter(|(_, it)| leaving(it));
        let ended = leaving.filter(|(_, it)| has_ended(it));
        let ended: Vec<Tid> = ended.map(|(pid, _)| *pid).collect();
        for pid in ended {
            let Some(left) = self.processes.get_mut(pid).and_then(|it| it.left.take()) else {
                continue;
            };
            let outcome = left.outcome;
            self.tell_at(left.when, None, pid, Did::Exited { outcome })?;
            self.find_orphans(pid)?;
            self.adopt_newborn()?;
            if let Some(process) = self.processes.get_mut(pid) {
                process.died = Some(Died {
                    when: Instant::now(),
                    wait: left.wait,
                });
            }
        }
        Ok(())
    }

    /// A process that has ended, and that its parent knows of by now. If it is gone
    /// already, though the parent has not waited, the kernel has collected it: the
    /// parent ignores `SIGCHLD`, or has set `SA_NOCLDWAIT` (`wait(2)`).
    pub(super) fn collected_at_once(&mut self, pid: Tid) -> anyhow::Result<()> {
        let died = self.processes.get(pid).and_then(|it| it.died.as_ref());
        let unawaited = died.is_some_and(|it| it.wait.reaped_at.is_none());
        if !unawaited || !self.was_waited_for(pid) {
            return Ok(());
        }
        let sleeps = |parent| {
            let state = proc::state_and_parent(parent).map(|(state, _)| state);
            state == Some(b'S') && proc::waiting(parent).is_empty()
        };
        let sleeps = self.living_parent(pid).is_some_and(sleeps);
        if let Some(died) = self.processes.get_mut(pid).and_then(|it| it.died.as_mut()) {
            died.wait.collected |= sleeps;
        }
        self.gone(pid)
    }

    /// Its parent, if that is of the run, and can still wait for it.
    fn living_parent(&self, pid: Tid) -> Option<Tid> {
        let parent = self.processes.get(pid)?.parent;
        let living = self.processes.get(parent)?;
        (!living.told_exiting).then_some(parent)
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
        self.find_ended()?;
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
        let parent = self.living_parent(pid);
        let Some(process) = self.processes.remove(pid) else {
            return Ok(());
        };
        self.forget_lines(pid);
        let died = process.died.as_ref();
        let wait = died.map(|it| it.wait).unwrap_or_default();
        // Nobody waits without being heard, if calls are.
        let unheard = self.listener.is_some() && wait.reaped_at.is_none();
        let collected = wait.collected || unheard;
        let by = parent.filter(|_| !collected).map(Tid::cast_unsigned);
        let zombie_ms = died.map_or(0.0, |it| it.when.elapsed().as_secs_f64() * 1e3);
        let zombie_ms = (zombie_ms * 1e3).round() / 1e3;
        let line = by.and(wait.line);
        // Who waited for it then has waited for it before doing anything else.
        let when = match wait.reaped_at {
            Some(moment) => moment,
            None => self.teller.now()?,
        };
        self.tell_at(when, line, pid, Did::Reaped { by, zombie_ms })
    }
}

/// A pidfd can be read when its process has ended, waited for or not.
fn has_ended(process: &Process) -> bool {
    process.pidfd.as_ref().is_some_and(|pidfd| {
        let mut ended = [PollFd::new(pidfd, PollFlags::IN)];
        matches!(poll(&mut ended, Some(&Timespec::default())), Ok(1))
    })
}
