//! One who looks at a run again and again.

use super::deadlock::deadlock;
use super::seen::{asleep, fills};
use super::wakers::Waits;
use crate::lines::Place;
use crate::look::{Fd, Snapshot, Sockets, Thread, descriptors};
use crate::pipes::Pipes;
use recording::traced::{Descriptor, Pid, Seen};
use std::collections::BTreeSet;

/// Looks at the processes of one run, and remembers its pipes and the last look.
#[derive(Debug, Default)]
pub struct Lookout {
    pipes: Pipes,
    sockets: Sockets,
    last: Snapshot,
}

impl Lookout {
    /// For a run whose first program starts with these descriptors (those of 0 to 2
    /// that are pipes are the run's streams).
    pub fn of_run(first: &[Fd]) -> Lookout {
        Lookout {
            pipes: Pipes::of_run(first),
            ..Lookout::default()
        }
    }

    /// A process's descriptors, to be told; none if it has gone, or is another
    /// user's.
    pub fn descriptors(&mut self, pid: Pid) -> Option<Vec<Descriptor>> {
        let fds = descriptors(pid)?;
        let sockets = fds.iter().filter_map(Fd::socket).collect::<BTreeSet<_>>();
        let peers = match sockets.is_empty() {
            true => Default::default(),
            false => self.sockets.peers(&sockets),
        };
        Some(self.pipes.descriptors(&fds, &peers))
    }

    /// What these processes, which are all of the run, wait for. A deadlock is
    /// claimed only of those who have slept since the look before this one.
    ///
    /// `unseen` are processes that may be woken by what no look shows, as by an
    /// alarm. `place` is asked for each sleeping thread.
    pub fn look(
        &mut self,
        pids: impl IntoIterator<Item = Pid>,
        unseen: &BTreeSet<Pid>,
        place: &mut dyn FnMut(Pid, &Thread) -> Option<Place>,
    ) -> Seen {
        let snapshot = Snapshot::look(pids, Some(&self.last), &mut self.sockets);
        let stood = snapshot.stood_still_since(&self.last);
        self.last = snapshot;
        let outside = self.pipes.outside().clone();
        let mut waits = Waits::new(&self.last, &outside);
        for (pid, process) in self.last.asleep() {
            let places = process.threads.iter();
            let places = places.filter_map(|it| Some((it.tid, place(pid, it)?)));
            waits.places.extend(places);
        }
        let asleep = asleep(&waits, &mut self.pipes);
        Seen {
            asleep,
            pipes: fills(&waits, &self.pipes),
            deadlock: deadlock(&waits, &stood, unseen),
        }
    }

    /// The last look, to be compared with the next.
    pub fn last(&self) -> &Snapshot {
        &self.last
    }
}
