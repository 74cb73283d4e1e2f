//! What a thread waits for, once the process's own bells are known for what they
//! are: pipes, sockets and eventfds by which a process wakes itself.

use super::signals;
use super::wakers::Waits;
use crate::look::{Children, Fd, On, Process, Sleep, Thread, To};
use recording::traced::Pid;

impl Waits<'_> {
    /// What would wake a thread: as its call says, but for the bells, in whose
    /// place stands who may ring them. Nothing, of one that runs.
    pub(super) fn awaited(&self, pid: Pid, process: &Process, thread: &Thread) -> Vec<On> {
        let Some(sleep) = &thread.sleep else {
            return Vec::new();
        };
        let mut awaited: Vec<On> = Vec::new();
        for on in &sleep.on {
            if !self.is_heard(process, sleep, on) {
                awaited.push(on.clone());
                continue;
            }
            // Somebody else may hold it too, who was forked and not executed.
            let others = self.wakers(pid, on).pids.iter().any(|it| *it != pid);
            awaited.extend(others.then(|| on.clone()));
            awaited.extend(self.ringers(process));
        }
        // A wait for a lock or a condition is none for bells. But a timer of tokio's
        // looks like one, as an interruptible sleep does: so another thread is waited
        // for only where it is known, or where one waits for somebody else.
        let place = self.places.get(&thread.tid);
        let is_known = || place.is_some_and(|it| it.waits_for_a_thread);
        let is_within = sleep.call == "futex" && (is_known() || self.waits_for_others(process));
        match !is_within && self.is_for_time(pid, sleep, &awaited) {
            true => vec![On::Clock],
            false => awaited,
        }
    }

    /// Whether this is a bell. Who reads its own pipe and has no function for any
    /// signal hears none.
    fn is_heard(&self, process: &Process, sleep: &Sleep, on: &On) -> bool {
        let is_listening = signals::handled(process) != 0 || sleep.call.contains("poll");
        is_listening && self.is_bell(process, on)
    }

    /// Whether the process itself writes to the other end of this, and may do so at
    /// any time. A function for a signal writes so that it never blocks, if it is
    /// well made; Python insists on that (`signal.set_wakeup_fd`).
    fn is_bell(&self, process: &Process, on: &On) -> bool {
        let may_ring = |fd: &Fd| fd.never_blocks() || signals::may_release(process, false);
        let mut fds = process.fds().iter();
        match on {
            On::Counter(number) => fds.any(|fd| fd.to == To::Counter(*number) && may_ring(fd)),
            On::Bytes(pipe) => fds.any(|fd| fd.writes(*pipe) && may_ring(fd)),
            On::Data(socket) => {
                let peer = self.snapshot.peers.get(socket).copied();
                peer.is_some() && fds.any(|fd| fd.socket() == peer && may_ring(fd))
            }
            _ => false,
        }
    }

    /// Another thread; or a function for a signal. Each Python has one for INT, and
    /// asyncio has a bell; so of one that waits for other things too, these prove no
    /// wait for an INT.
    fn ringers(&self, process: &Process) -> impl Iterator<Item = On> + use<> {
        let as_ever = process.is_python && self.waits_for_others(process);
        let handled = match signals::handled(process) {
            handled if as_ever => handled & !signals::INTERRUPT,
            handled => handled,
        };
        let by_signal = (handled != 0).then_some(On::Signal(Some(handled)));
        let by_thread = process.threads.len() > 1 || by_signal.is_none();
        let by_thread = by_thread.then_some(On::Thread);
        by_signal.into_iter().chain(by_thread)
    }

    /// Whether any thread of it waits for more than its bells and other threads.
    fn waits_for_others(&self, process: &Process) -> bool {
        let sleeps = process.threads.iter().filter_map(|it| it.sleep.as_ref());
        let mut all = sleeps.flat_map(|sleep| sleep.on.iter().map(move |on| (sleep, on)));
        all.any(|(sleep, on)| {
            let is_within = matches!(on, On::Thread | On::Join(_));
            !is_within && !self.is_heard(process, sleep, on)
        })
    }

    /// Whether a thread that has a time limit waits for it alone, since nobody is
    /// left for whom it could wait.
    fn is_for_time(&self, pid: Pid, sleep: &Sleep, awaited: &[On]) -> bool {
        let is_nobody = |on: &On| match on {
            On::Thread => true,
            On::Signal(Some(signals::CHILD)) => self.children(pid, Children::Any).is_empty(),
            _ => false,
        };
        sleep.limit_ms.is_some() && awaited.iter().all(is_nobody)
    }
}
