//! What is told of calls before they happen.

use super::proc;
use super::ptrace::Tid;
use super::tracer::Tracer;
use crate::arch;
use crate::calls::{Call, Listener};
use recording::traced::{Descriptor, Did, Target};
use std::thread;
use std::time::{Duration, Instant};

/// `CLOSE_RANGE_CLOEXEC`: nothing is closed yet.
const CLOSE_RANGE_CLOEXEC: u64 = 4;

impl Tracer {
    /// Takes the next call that waits to be told, and lets it go on.
    pub(super) fn hear_call(&mut self) -> anyhow::Result<()> {
        let Some(call) = self.listener.as_ref().and_then(Listener::next) else {
            return Ok(());
        };
        // Whoever calls may have seen what has changed meanwhile, as that a child runs
        // its program by now.
        self.hear_changes()?;
        if let Some(pid) = self.processes.of(call.tid) {
            self.find_reaped()?;
            self.has_acted(call.tid, pid);
            if let Some(process) = self.processes.get_mut(pid) {
                process.begin_anew.remove(&call.tid);
            }
            self.will_call(pid, &call)?;
            let process = self.processes.get(pid);
            if process.is_some_and(|it| it.changes_its_mind == Some(call.tid)) {
                self.delayed.push(call);
                self.answer_delayed();
                return Ok(());
            }
        }
        if let Some(listener) = &self.listener {
            // Whoever was killed meanwhile needs no answer.
            let _ = listener.go_on(&call);
        }
        Ok(())
    }

    fn will_call(&mut self, pid: Tid, call: &Call) -> anyhow::Result<()> {
        let [first, second, third, ..] = call.arguments;
        // Numbers of descriptors, processes and signals are ints.
        let int = |argument: u64| argument as i32;
        let name = arch::name(call.number);
        match name {
            Some("close") => self.will_close(pid, call, int(first)..=int(first)),
            Some("close_range") if third & CLOSE_RANGE_CLOEXEC == 0 => {
                let last = i32::try_from(second).unwrap_or(i32::MAX);
                self.will_close(pid, call, int(first)..=last)
            }
            Some("dup2" | "dup3") => self.will_duplicate(pid, call, int(first), int(second)),
            Some("kill" | "tkill") => self.will_signal(pid, call, int(first), int(second)),
            Some("tgkill") => self.will_signal(pid, call, int(first), int(third)),
            Some("pidfd_send_signal") => match proc::of_pidfd(pid, int(first)) {
                Some(to) => self.will_signal(pid, call, to, int(second)),
                None => Ok(()),
            },
            Some("wait4" | "waitid") => self.will_wait(pid, call),
            Some("rt_sigaction") => {
                self.will_change_its_mind(pid, call);
                Ok(())
            }
            Some("prctl") => {
                if let Some(process) = self.processes.get_mut(pid) {
                    process.adopts = second != 0;
                }
                Ok(())
            }
            Some(_) => {
                self.alarmed.insert(pid.cast_unsigned());
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn will_close(
        &mut self,
        pid: Tid,
        call: &Call,
        fds: std::ops::RangeInclusive<i32>,
    ) -> anyhow::Result<()> {
        self.look_for_copies(pid, &fds)?;
        let Some(process) = self.processes.get_mut(pid) else {
            return Ok(());
        };
        let (closed, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut process.descriptors)
            .into_iter()
            .partition(|it| fds.contains(&it.fd));
        process.descriptors = kept;
        let descriptors: Vec<Descriptor> = closed.into_iter().filter(is_of_interest).collect();
        if descriptors.is_empty() {
            return Ok(());
        }
        process.closing.insert(call.tid, descriptors.clone());
        self.tell_call(pid, call, Did::Closed { descriptors })
    }

    fn will_duplicate(&mut self, pid: Tid, call: &Call, from: i32, to: i32) -> anyhow::Result<()> {
        if from == to {
            return Ok(());
        }
        self.look_for_copies(pid, &(to..=to))?;
        let Some(process) = self.processes.get_mut(pid) else {
            return Ok(());
        };
        let find = |fd: i32| process.descriptors.iter().position(|it| it.fd == fd);
        let new = find(from).map(|at| Descriptor {
            fd: to,
            cloexec: false,
            ..process.descriptors[at].clone()
        });
        process.has_untold_copy |= new.as_ref().is_some_and(is_of_interest);
        let old = find(to).map(|at| process.descriptors.remove(at));
        let old_to = old.as_ref().map(|it| it.to.clone());
        if let Some(new) = new {
            if old_to.as_ref() == Some(&new.to) {
                process.descriptors.push(new);
                process.descriptors.sort_by_key(|it| it.fd);
                return Ok(());
            }
            process.descriptors.push(new);
            process.descriptors.sort_by_key(|it| it.fd);
        }
        let closing = old.clone().into_iter().collect();
        process.closing.insert(call.tid, closing);
        // What a child does to the run's own streams before its exec closes nothing.
        let is_stream =
            |it: &Descriptor| matches!(it.to, Target::Pipe { pipe, .. } if pipe.is_stream());
        match old.filter(|it| is_of_interest(it) && !is_stream(it)) {
            Some(old) => {
                let descriptors = vec![old];
                self.tell_call(pid, call, Did::Closed { descriptors })
            }
            None => Ok(()),
        }
    }

    /// Tells of the copies that a process has made of an end, before it lets go of
    /// what would else seem to be the last of them: `fcntl(2)` is not heard, and
    /// `dup2(2)` is heard before there is a copy.
    fn look_for_copies(
        &mut self,
        pid: Tid,
        fds: &std::ops::RangeInclusive<i32>,
    ) -> anyhow::Result<()> {
        let Some(process) = self.processes.get(pid) else {
            return Ok(());
        };
        let mut goes = process.descriptors.iter();
        let is_last = |going: &Descriptor| {
            let all = self.processes.all.iter();
            let all = all.flat_map(|(of, it)| it.descriptors.iter().map(move |it| (*of, it)));
            let same = all.filter(|(_, it)| it.to == going.to);
            same.into_iter()
                .all(|(of, it)| of == pid && fds.contains(&it.fd))
        };
        let is_told = |it: &Descriptor| {
            let goes = fds.contains(&it.fd) && is_of_interest(it);
            goes && (process.has_untold_copy || is_last(it))
        };
        if goes.any(is_told) {
            self.tell_descriptors(pid)?;
        }
        Ok(())
    }

    /// `to` as `kill(2)` takes it.
    fn will_signal(&mut self, pid: Tid, call: &Call, to: i32, signal: i32) -> anyhow::Result<()> {
        if signal == 0 {
            return Ok(());
        }
        let living = || self.processes.living();
        let (group, is_group) = match to {
            0 => (proc::group(pid), true),
            -1 => (None, true),
            to if to < 0 => (Some(-to), true),
            _ => (None, false),
        };
        let receivers: Vec<Tid> = match is_group {
            true if to == -1 => living().filter(|it| *it != pid).collect(),
            true => {
                let is_member = |it: &Tid| proc::group(*it) == group;
                living().filter(is_member).collect()
            }
            false => self.processes.of(to).into_iter().collect(),
        };
        if receivers.is_empty() {
            return Ok(());
        }
        for receiver in &receivers {
            self.wait_for_exec(*receiver)?;
        }
        let did = Did::Sent {
            signal,
            to: receivers.iter().map(|it| it.cast_unsigned()).collect(),
            group: is_group,
        };
        self.tell_call(pid, call, did)?;
        if matches!(signal, libc::SIGCONT | libc::SIGKILL) {
            for receiver in receivers {
                self.hold_again(receiver)?;
            }
        }
        Ok(())
    }

    /// Whoever sends a signal may have seen in `/proc` that the receiver runs another
    /// program. That shows a moment before the exec is told.
    fn wait_for_exec(&mut self, pid: Tid) -> anyhow::Result<()> {
        const PATIENCE: Duration = Duration::from_millis(20);
        let give_up = Instant::now() + PATIENCE;
        while let Some(process) = self.processes.get_mut(pid) {
            let now = proc::program(pid);
            let is_told = process.program.is_none() || now.is_none() || now == process.program;
            if is_told || process.loose.is_some() {
                break;
            }
            if Instant::now() > give_up {
                process.program = now;
                break;
            }
            thread::sleep(Duration::from_micros(100));
            self.hear_changes()?;
        }
        Ok(())
    }

    fn tell_call(&mut self, pid: Tid, call: &Call, did: Did) -> anyhow::Result<()> {
        // Killed since, or ended by another thread: then the call does not happen.
        if self.processes.get(pid).is_some_and(|it| it.told_exiting) {
            return Ok(());
        }
        let line = self.line_of_sleeping(call.tid, pid);
        self.tell_from(line, pid, did)
    }
}

/// Whether somebody may wait for its end.
fn is_of_interest(descriptor: &Descriptor) -> bool {
    matches!(descriptor.to, Target::Pipe { .. } | Target::Socket { .. })
}
