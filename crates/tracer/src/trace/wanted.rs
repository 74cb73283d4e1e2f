//! Whether a parent wants its children's zombies. If it ignores `SIGCHLD`, or has set
//! `SA_NOCLDWAIT`, the kernel collects each of them as it ends (`wait(2)`).
//!
//! A process that ends is judged by what its parent wants then. So nobody ends while
//! the parent changes its mind; nor while it ends itself, if who has its children next
//! wants something else.

use super::proc;
use super::process::Process;
use super::ptrace::{self, Tid};
use super::tracer::Tracer;
use crate::calls::Call;
use crate::look::words;
use recording::traced::SignalAction;

impl Tracer {
    /// Whether the kernel collects a process when it ends.
    pub(super) fn leaves_no_zombie(&self, pid: Tid) -> bool {
        self.processes
            .get(pid)
            .is_some_and(|it| it.end_signal == libc::SIGCHLD && self.wants_no_zombies(it.parent))
    }

    /// Whether a process of the run does not want its children's zombies.
    pub(super) fn wants_no_zombies(&self, pid: Tid) -> bool {
        let process = self.processes.get(pid);
        process.filter(|it| it.died.is_none()).is_some_and(|it| {
            let ignores = || proc::action(pid, libc::SIGCHLD) == SignalAction::Ignored;
            it.wants_no_zombies || ignores()
        })
    }

    /// A process is about to say what it does about `SIGCHLD`.
    pub(super) fn will_change_its_mind(&mut self, pid: Tid, call: &Call) {
        // `struct sigaction` as the kernel has it begins with the handler and the flags.
        let action = words::<2>(call.tid.cast_unsigned(), call.arguments[1]);
        let children = self.processes.children(pid);
        let lives = |it: &Tid| self.processes.get(*it).is_some_and(|it| it.died.is_none());
        let any_lives = children.iter().any(lives);
        if let Some(process) = self.processes.get_mut(pid) {
            let flags = action.map_or(0, |[_, flags]| flags);
            process.wants_no_zombies = flags & i64::from(libc::SA_NOCLDWAIT) != 0;
            process.changes_its_mind = any_lives.then_some(call.tid);
        }
    }

    /// A thread is at something else than at the call that it was heard to make.
    pub(super) fn has_acted(&mut self, tid: Tid, pid: Tid) {
        if let Some(process) = self.processes.get_mut(pid) {
            process.waits.remove(&tid);
            // A call that begins anew was not made.
            if !process.begin_anew.contains(&tid) {
                process.closing.remove(&tid);
            }
            process.changes_its_mind.take_if(|it| *it == tid);
        }
    }

    /// Lets those change their minds whose children have ended that were let go.
    pub(super) fn answer_delayed(&mut self) {
        for call in std::mem::take(&mut self.delayed) {
            let Some(pid) = self.processes.of(call.tid) else {
                continue;
            };
            if self.leaving_children(pid).next().is_some() {
                self.delayed.push(call);
                continue;
            }
            let listener = self.listener.as_ref();
            let went_on = listener.is_some_and(|it| it.go_on(&call).is_ok());
            // It stops when it has, unless it is let go or does not make that call any more.
            if !went_on || ptrace::interrupt(call.tid).is_err() {
                self.has_acted(call.tid, pid);
            }
        }
    }

    /// Lets a process end for which that is told. Its fate is known then.
    pub(super) fn let_leave(&mut self, pid: Tid) {
        if self.has_to_stay(pid) {
            return;
        }
        let is_unwanted = self.leaves_no_zombie(pid);
        let Some(process) = self.processes.get_mut(pid) else {
            return;
        };
        if let Some(left) = process.left.as_mut().filter(|it| it.is_held) {
            left.is_held = false;
            process.is_unwanted = is_unwanted;
            ptrace::let_go(pid);
        }
    }

    fn has_to_stay(&self, pid: Tid) -> bool {
        let parent = self.processes.get(pid).map(|it| it.parent);
        let parent = parent.and_then(|it| Some((it, self.processes.get(it)?)));
        let unsettled = parent.is_some_and(|(parent, it)| {
            let ends = it.told_exiting && it.died.is_none();
            it.changes_its_mind.is_some() || ends && self.is_wanted_otherwise_after(parent)
        });
        // Whoever has them next might want them.
        unsettled || self.leaving_children(pid).any(|it| it.is_unwanted)
    }

    /// Whether it matters if a process ends before its children, or they before it. It
    /// does not for the first of a PID namespace, which waits for them to end
    /// (`pid_namespaces(7)`).
    fn is_wanted_otherwise_after(&self, pid: Tid) -> bool {
        let heir = self.heir(pid);
        self.processes.get(heir).is_some()
            && self.wants_no_zombies(pid) != self.wants_no_zombies(heir)
            && !proc::is_first_of_namespace(pid)
    }

    /// Children that are let go, and have not been seen to have ended.
    fn leaving_children(&self, pid: Tid) -> impl Iterator<Item = &Process> {
        let children = self
            .processes
            .all
            .values()
            .filter(move |it| it.parent == pid);
        let living = children.filter(|it: &&Process| it.died.is_none());
        living.filter(|it| it.left.as_ref().is_some_and(|left| !left.is_held))
    }
}
