//! What the stops of a traced thread mean.

use super::proc;
use super::process::Process;
use super::ptrace::{self, Stop, Tid, outcome};
use super::tracer::Tracer;
use crate::calls::is_never_interrupted;
use crate::look::{argv, descriptors};
use crate::waits::Lookout;
use recording::Outcome;
use recording::traced::{Descriptor, Did, SpawnCall, Target};

impl Tracer {
    pub(super) fn stopped(&mut self, tid: Tid, stop: Stop) -> anyhow::Result<()> {
        let pid = match self.processes.of(tid) {
            Some(pid) => pid,
            None => match self.newborn_stopped(tid, stop)? {
                Some(pid) => pid,
                None => return Ok(()),
            },
        };
        let begins_anew = matches!(stop, Stop::Signal(_))
            && self.listener.is_some()
            && ptrace::begin_anew(tid, is_never_interrupted);
        if let Some(process) = self.processes.get_mut(pid) {
            match begins_anew {
                true => _ = process.begin_anew.insert(tid),
                false => _ = process.begin_anew.remove(&tid),
            }
        }
        self.has_acted(tid, pid);
        match stop {
            Stop::Fork => return self.spawned(tid, pid, SpawnCall::Fork),
            Stop::Vfork => return self.spawned(tid, pid, SpawnCall::Vfork),
            Stop::Clone => return self.cloned(tid, pid),
            Stop::Exec => self.executed(pid)?,
            Stop::Exit => {
                self.exiting(tid, pid)?;
                if self.processes.get(pid).is_some_and(|it| it.left.is_some()) {
                    return Ok(());
                }
            }
            // It was let go before it had stopped, and was traced again since.
            Stop::Group(_) if self.resumed.contains(&pid) => {
                ptrace::listen(tid);
                return Ok(());
            }
            Stop::Group(signal) => return self.let_go(tid, pid, signal),
            Stop::Signal(signal) => {
                self.signalled(tid, pid, signal)?;
                ptrace::go_on(tid, signal);
                return Ok(());
            }
            Stop::Attached => {
                if self.resumed.remove(&pid) {
                    self.tell(pid, Did::Continued)?;
                }
                self.go_on_unless_behind(tid);
                return Ok(());
            }
            Stop::Other => {}
        }
        ptrace::go_on(tid, 0);
        Ok(())
    }

    /// Keeps a thread waiting if too much is to be told already.
    pub(super) fn go_on_unless_behind(&mut self, tid: Tid) {
        match self.teller.is_behind() {
            true => self.kept.push(tid),
            false => ptrace::go_on(tid, 0),
        }
    }

    fn executed(&mut self, pid: Tid) -> anyhow::Result<()> {
        if self.processes.get(pid).is_some_and(|it| it.had_threads) {
            self.adopt_untold_children(pid)?;
        }
        self.processes.keep_one_thread(pid);
        // Whatever its own parent, or it, has asked `clone(2)` for: the program that
        // runs now does not know.
        for pid in self.processes.children(pid).into_iter().chain([pid]) {
            if let Some(process) = self.processes.get_mut(pid) {
                process.end_signal = libc::SIGCHLD;
            }
        }
        self.forget_lines(pid);
        let argv = argv(pid.cast_unsigned()).unwrap_or_default();
        if self.program == Some(pid) && !self.program_runs {
            self.program_runs = true;
            self.begin_to_listen();
            let fds = descriptors(pid.cast_unsigned()).unwrap_or_default();
            self.lookout = Lookout::of_run(&fds);
            self.find_listing(pid, &argv);
        }
        let descriptors = self.look_at_descriptors(pid);
        let Some(process) = self.processes.get_mut(pid) else {
            return Ok(());
        };
        process.argv.clone_from(&argv);
        process.program = proc::program(pid);
        process.has_untold_copy = false;
        process.descriptors.clone_from(&descriptors);
        let parent = process.parent;
        self.tell_descriptors(parent)?;
        self.tell(pid, Did::Executed { argv, descriptors })
    }

    /// A thread has begun to end. Its process has when all have: only then are the
    /// descriptors closed.
    fn exiting(&mut self, tid: Tid, pid: Tid) -> anyhow::Result<()> {
        let line = self.line_of_end(tid, pid);
        let Some(process) = self.processes.get_mut(pid) else {
            return Ok(());
        };
        process.ended_from = process.ended_from.or(line);
        process.exiting.insert(tid);
        self.resumed.remove(&pid);
        // It may have been killed while it started another.
        self.adopt_newborn()?;
        let ends = |it: &Process| it.exiting.len() == it.threads.len();
        if !self.processes.get(pid).is_some_and(ends) {
            return Ok(());
        }
        let outcome = outcome(ptrace::exit_status(tid).unwrap_or_default());
        self.adopt_untold_children(pid)?;
        if let Outcome::Signal(libc::SIGKILL) = outcome {
            self.find_untold_exec(pid)?;
        }
        self.tell_holders(pid)?;
        self.tell_exiting(pid, outcome)?;
        match tid == pid {
            true => self.leave(pid, outcome),
            false => Ok(()),
        }
    }

    pub(super) fn tell_exiting(&mut self, pid: Tid, outcome: Outcome) -> anyhow::Result<()> {
        if self.processes.get(pid).is_none_or(|it| it.told_exiting) {
            return Ok(());
        }
        // It waits for nobody any more: those that it has waited for are found now.
        self.find_reaped()?;
        let line = self.processes.get_mut(pid).and_then(|process| {
            process.told_exiting = true;
            process.ended_from
        });
        self.tell_from(line, pid, Did::Exiting { outcome })
    }

    /// One that is killed on its way out of an exec never stops there.
    fn find_untold_exec(&mut self, pid: Tid) -> anyhow::Result<()> {
        let now = argv(pid.cast_unsigned()).unwrap_or_default();
        let known = self.processes.get(pid).map(|it| &it.argv);
        let is_other = !now.is_empty() && known.is_some_and(|known| *known != now);
        match is_other {
            true => self.executed(pid),
            false => Ok(()),
        }
    }

    /// Tells who else holds what a process is about to let go of.
    fn tell_holders(&mut self, pid: Tid) -> anyhow::Result<()> {
        let holds = |descriptors: &[Descriptor]| {
            descriptors.iter().any(|it| match it.to {
                Target::Pipe { pipe, .. } => !pipe.is_stream(),
                Target::Socket { .. } => true,
                _ => false,
            })
        };
        self.tell_descriptors(pid)?;
        if !self
            .processes
            .get(pid)
            .is_some_and(|it| holds(&it.descriptors))
        {
            return Ok(());
        }
        let mut few = self.few().into_iter();
        few.try_for_each(|pid| self.tell_descriptors(pid))
    }

    /// Tells a process's descriptors, if they are others than were told last.
    pub(super) fn tell_descriptors(&mut self, pid: Tid) -> anyhow::Result<()> {
        if !self.program_runs || self.processes.get(pid).is_none_or(|it| it.told_exiting) {
            return Ok(());
        }
        let descriptors = self.look_at_descriptors(pid);
        match self.processes.get_mut(pid) {
            // One that is just being killed has none left.
            Some(_) if descriptors.is_empty() && !proc::lives(pid) => Ok(()),
            Some(process) if process.has_untold_copy || process.descriptors != descriptors => {
                process.has_untold_copy = false;
                process.descriptors.clone_from(&descriptors);
                self.tell(pid, Did::Descriptors { descriptors })
            }
            _ => Ok(()),
        }
    }

    fn look_at_descriptors(&mut self, pid: Tid) -> Vec<Descriptor> {
        let seen = self.lookout.descriptors(pid.cast_unsigned());
        let mut descriptors = seen.unwrap_or_default();
        let closing = self.processes.get(pid).map(|it| it.closing.values());
        for closing in closing.into_iter().flatten().flatten() {
            descriptors.retain(|it| it != closing);
        }
        descriptors
    }

    fn signalled(&mut self, tid: Tid, pid: Tid, signal: i32) -> anyhow::Result<()> {
        // Each end of a child brings one, and is told already.
        if signal == libc::SIGCHLD {
            return Ok(());
        }
        let from = ptrace::sender(tid).and_then(|from| self.processes.known(from));
        let action = proc::action(tid, signal);
        let did = Did::Signalled {
            signal,
            from,
            action,
        };
        let line = self.line_of_signal(tid, pid, signal);
        self.tell_from(line, pid, did)
    }
}
