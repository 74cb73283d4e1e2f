//! Processes that have ended: how, and who has their children.

use super::proc;
use super::process::{Died, Left, Process};
use super::ptrace::{Tid, outcome};
use super::tracer::Tracer;
use crate::tell::Moment;
use recording::Outcome;
use recording::traced::Did;
use rustix::event::PollFlags;
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
        self.has_acted(tid, pid);
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
        self.see_waits(pid, when);
        let is_unwanted = self.leaves_no_zombie(pid);
        if let Some(process) = self.processes.get_mut(pid) {
            process.is_unwanted = is_unwanted;
        }
        self.has_ended(pid, outcome, when)
    }

    /// Lets go of a process that has begun to end, when that is told. Else it would be
    /// a zombie for which its parent cannot wait yet, and anybody could see that.
    pub(super) fn leave(&mut self, pid: Tid, outcome: Outcome) -> anyhow::Result<()> {
        if self.processes.get(pid).is_none_or(|it| it.pidfd.is_none()) {
            return Ok(());
        }
        let when = self.teller.now()?;
        self.see_waits(pid, when);
        if let Some(process) = self.processes.get_mut(pid) {
            process.left = Some(Left {
                outcome,
                when,
                is_held: true,
            });
        }
        self.let_leave(pid);
        Ok(())
    }

    /// Finds those that were let go of and have ended.
    pub(super) fn find_ended(&mut self) -> anyhow::Result<()> {
        let leaving = |it: &Process| it.died.is_none() && (it.left.is_some() || it.loose.is_some());
        // A pidfd can be read when its process has ended, waited for or not.
        for pid in self.ready(PollFlags::IN, leaving) {
            match self.processes.get_mut(pid).and_then(|it| it.left.take()) {
                Some(left) => self.has_ended(pid, left.outcome, left.when)?,
                None => self.look_after(pid)?,
            }
        }
        self.answer_delayed();
        let is_held = |it: &Process| it.left.as_ref().is_some_and(|it| it.is_held);
        let held = self.processes.all.iter().filter(|(_, it)| is_held(it));
        let held: Vec<Tid> = held.map(|(pid, _)| *pid).collect();
        held.into_iter().for_each(|pid| self.let_leave(pid));
        Ok(())
    }

    fn has_ended(&mut self, pid: Tid, outcome: Outcome, when: Moment) -> anyhow::Result<()> {
        self.tell_at(when, None, pid, Did::Exited { outcome })?;
        if let Some(process) = self.processes.get_mut(pid) {
            process.loose = None;
            process.died = Some(Died {
                at: when,
                seen: Instant::now(),
            });
        }
        self.find_orphans(pid)?;
        self.adopt_newborn()
    }

    /// Tells who has the children of a process that has ended.
    fn find_orphans(&mut self, pid: Tid) -> anyhow::Result<()> {
        for child in self.processes.children(pid) {
            let parent = match proc::state_and_parent(child) {
                Some((_, parent)) => parent,
                None if self.was_unwanted(child) => continue,
                // It was somebody's who has collected it meanwhile.
                None => self.heir(pid),
            };
            if let Some(process) = self.processes.get_mut(child) {
                process.parent = parent;
                process.end_signal = libc::SIGCHLD;
                let to = self.processes.known(parent);
                self.tell(child, Did::Orphaned { to })?;
            }
            let is_unwanted = self.wants_no_zombies(parent);
            if let Some(process) = self.processes.get_mut(child)
                && (process.left.is_some() || process.died.is_some())
            {
                process.is_unwanted = is_unwanted;
            }
        }
        Ok(())
    }

    /// Whether the kernel has collected it as it ended.
    fn was_unwanted(&self, pid: Tid) -> bool {
        self.processes.get(pid).is_some_and(|it| it.is_unwanted)
    }

    /// Who has the children of a process when it ends: the nearest of its ancestors that
    /// has asked for them (`PR_SET_CHILD_SUBREAPER`), or is the first of their PID
    /// namespace; or somebody outside.
    pub(super) fn heir(&self, pid: Tid) -> Tid {
        let parent = |pid: &Tid| self.processes.get(*pid).map(|it| it.parent);
        let mut ancestors = std::iter::successors(parent(&pid), parent);
        let adopts = |it: &Tid| match self.processes.get(*it) {
            Some(process) => {
                !process.told_exiting && (process.adopts || proc::is_first_of_namespace(*it))
            }
            None => true,
        };
        ancestors.find(adopts).unwrap_or(self.supervisor)
    }
}
