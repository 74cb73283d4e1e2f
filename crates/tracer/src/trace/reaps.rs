//! Who waits for those that have ended.
//!
//! A parent collects a child, and nobody else does: by `wait(2)`, in any of its
//! threads, or without a call, if it wants no zombies. In either case the child has
//! gone before that parent does the next thing that is heard. So each time that
//! something is heard, those that have gone are told first.

use super::proc;
use super::process::{Died, Process, Waiting};
use super::ptrace::Tid;
use super::tracer::Tracer;
use crate::calls::Call;
use crate::tell::Moment;
use recording::traced::Did;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

impl Tracer {
    /// A thread is about to wait for children. Of those that it waits for one that has
    /// ended is reaped before the thread does anything else.
    pub(super) fn will_wait(&mut self, pid: Tid, call: &Call) -> anyhow::Result<()> {
        let Some(whom) = whom(pid, call.number, call.arguments) else {
            return Ok(());
        };
        let waiting = Waiting {
            since: self.teller.now()?,
            line: self.line_of_sleeping(call.tid, pid),
            whom,
        };
        if let Some(process) = self.processes.get_mut(pid) {
            process.waits.insert(call.tid, waiting);
        }
        Ok(())
    }

    /// Where calls are not heard, waits are seen: those in which a child's parent sleeps
    /// when the child ends.
    pub(super) fn see_waits(&mut self, child: Tid, when: Moment) {
        let Some(parent) = self.living_parent(child) else {
            return;
        };
        if self.listener.is_some() {
            return;
        }
        let waits = proc::threads(parent).into_iter().filter_map(|tid| {
            let (number, arguments) = proc::call(tid)?;
            let whom = whom(parent, number, arguments)?;
            let line = self.line_of_sleeping(tid, parent);
            let since = when;
            Some((tid, Waiting { since, line, whom }))
        });
        let waits = waits.collect();
        if let Some(process) = self.processes.get_mut(parent) {
            process.waits = waits;
        }
    }

    /// Its parent, if that is of the run, and can still wait for it.
    pub(super) fn living_parent(&self, pid: Tid) -> Option<Tid> {
        let parent = self.processes.get(pid)?.parent;
        let living = self.processes.get(parent)?;
        (!living.told_exiting).then_some(parent)
    }

    /// Finds those that have ended and were waited for.
    pub(super) fn find_reaped(&mut self) -> anyhow::Result<()> {
        self.find_ended()?;
        // The pidfd hangs up when somebody has waited for it (Linux 6.9).
        let gone = self.ready(PollFlags::empty(), |it| it.died.is_some());
        for pid in gone {
            if !self.is_being_left(pid) {
                self.gone(pid)?;
            }
        }
        Ok(())
    }

    /// Those processes of a kind of whose pidfds this is so. All are asked at once: there
    /// may be a thousand zombies.
    pub(super) fn ready(&self, events: PollFlags, is_one: impl Fn(&Process) -> bool) -> Vec<Tid> {
        let all = self.processes.all.iter().filter(|(_, it)| is_one(it));
        let (with, without): (Vec<_>, Vec<_>) = all.partition(|(_, it)| it.pidfd.is_some());
        let pidfds = with.iter().filter_map(|(_, it)| it.pidfd.as_ref());
        let mut pidfds: Vec<_> = pidfds.map(|it| PollFd::new(it, events)).collect();
        let mut ready: Vec<Tid> = Vec::new();
        // A signal may interrupt it: then the next look will do.
        if !pidfds.is_empty() && poll(&mut pidfds, Some(&Timespec::default())).is_ok() {
            let asked = with.iter().zip(&pidfds);
            let is_so = asked.filter(|(_, it)| !it.revents().is_empty());
            ready.extend(is_so.map(|((pid, _), _)| **pid));
        }
        let has_gone = |pid: &&Tid| proc::state_and_parent(**pid).is_none();
        ready.extend(without.into_iter().map(|(pid, _)| pid).filter(has_gone));
        ready
    }

    /// Whether its parent is about to be found to have ended. That one did not collect it
    /// while it could: whoever has it next did.
    fn is_being_left(&self, pid: Tid) -> bool {
        let parent = self.processes.get(pid).map(|it| it.parent);
        let parent = parent.and_then(|parent| self.processes.get(parent));
        parent.is_some_and(|it| it.told_exiting && it.died.is_none())
    }

    fn gone(&mut self, pid: Tid) -> anyhow::Result<()> {
        let parent = self.living_parent(pid);
        let Some(process) = self.processes.remove(pid) else {
            return Ok(());
        };
        self.forget_lines(pid);
        let Some(died) = process.died else {
            return Ok(());
        };
        let by = parent.filter(|_| !process.is_unwanted);
        let (since, line) = by.map_or((None, None), |by| self.wait_of(by, pid));
        let when = match since {
            Some(since) => since.max(died.at),
            None if process.is_unwanted => died.at,
            None => self.teller.now()?,
        };
        let zombie_ms = zombie_ms(&died);
        let by = by.map(Tid::cast_unsigned);
        self.tell_at(when, line, pid, Did::Reaped { by, zombie_ms })
    }

    /// Since when a parent has waited for a child that it has collected, and at which
    /// line, if there is no doubt.
    fn wait_of(&self, parent: Tid, child: Tid) -> (Option<Moment>, Option<u32>) {
        let waits = self.processes.get(parent).map(|it| &it.waits);
        let waits = waits.into_iter().flat_map(|it| it.values());
        let of_it = |it: &&Waiting| it.whom.is_none_or(|whom| whom == child);
        let waits: Vec<_> = waits.filter(of_it).collect();
        let since = waits.iter().map(|it| it.since).reduce(Moment::min);
        let line = waits.first().and_then(|it| it.line);
        let is_clear = waits.iter().all(|it| it.line == line);
        (since, line.filter(|_| is_clear))
    }
}

fn zombie_ms(died: &Died) -> f64 {
    let ms = died.seen.elapsed().as_secs_f64() * 1e3;
    (ms * 1e3).round() / 1e3
}

/// For which child a call waits; none inside for any of several. None if it collects
/// nobody.
#[expect(
    clippy::option_option,
    reason = "it is about no end, about any, or about one"
)]
fn whom(pid: Tid, call: i64, arguments: [u64; 6]) -> Option<Option<Tid>> {
    let [first, second, _, fourth, ..] = arguments;
    // Numbers of processes and options are ints.
    let (first, second, options) = (first as i32, second as i32, fourth as i32);
    match call {
        libc::SYS_wait4 => return Some(Some(first).filter(|it| *it > 0)),
        libc::SYS_waitid => {}
        _ => return None,
    }
    let collects = options & libc::WEXITED != 0 && options & libc::WNOWAIT == 0;
    collects.then(|| match first.cast_unsigned() {
        libc::P_PID => Some(second),
        libc::P_PIDFD => proc::of_pidfd(pid, second),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsRawFd;

    const EXITED: u64 = libc::WEXITED as u64;

    #[test]
    fn a_wait_is_for_one_or_for_any() {
        let wait4 = |child: i32| whom(1, libc::SYS_wait4, [child as u64, 0, 0, 0, 0, 0]);
        assert_eq!(wait4(7), Some(Some(7)));
        assert_eq!(wait4(-1), Some(None));
        // Of a group.
        assert_eq!(wait4(-7), Some(None));
        assert_eq!(wait4(0), Some(None));
        assert_eq!(whom(1, libc::SYS_read, [7, 0, 0, 0, 0, 0]), None);
    }

    #[test]
    fn a_wait_by_waitid_is_for_whom_it_says() {
        let me = std::process::id().cast_signed();
        let waitid = |kind: u32, of: i32, options: u64| {
            let arguments = [kind.into(), of as u64, 0, options, 0, 0];
            whom(me, libc::SYS_waitid, arguments)
        };
        assert_eq!(waitid(libc::P_PID, 7, EXITED), Some(Some(7)));
        assert_eq!(waitid(libc::P_ALL, 0, EXITED), Some(None));
        let own = rustix::process::Pid::from_raw(me).unwrap();
        let pidfd = rustix::process::pidfd_open(own, rustix::process::PidfdFlags::empty());
        let pidfd = pidfd.unwrap();
        assert_eq!(
            waitid(libc::P_PIDFD, pidfd.as_raw_fd(), EXITED),
            Some(Some(me))
        );
        // It only looks, or is told of stops alone.
        let looks = EXITED | libc::WNOWAIT as u64;
        assert_eq!(waitid(libc::P_PID, 7, looks), None);
        assert_eq!(waitid(libc::P_PID, 7, libc::WSTOPPED as u64), None);
    }
}
