//! Who could give a sleeping thread what it waits for.

use super::holders::Holders;
use super::signals;
use crate::lines::Place;
use crate::look::{
    Children, FileLock, On, PipeInode, Process, SharedMemory, Snapshot, SocketInode, State, Thread,
};
use recording::traced::Pid;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Those who could wake a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wakers {
    /// Processes of the snapshot; its own too, if another of its descriptors could.
    pub pids: BTreeSet<Pid>,
    /// Threads of its own process, whichever they are.
    pub siblings: bool,
    /// This thread of its own process.
    pub joined: Option<Pid>,
    /// Time will, or somebody outside may, or something that is not seen.
    pub others: bool,
}

/// A snapshot, and the pipes that somebody outside of it holds too.
pub struct Waits<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) outside: &'a BTreeSet<PipeInode>,
    pub(super) holders: Holders,
    /// Of threads of the listing's own program.
    pub(super) places: BTreeMap<Pid, Place>,
}

impl<'a> Waits<'a> {
    pub fn new(snapshot: &'a Snapshot, outside: &'a BTreeSet<PipeInode>) -> Waits<'a> {
        Waits {
            snapshot,
            outside,
            holders: Holders::of(snapshot),
            places: BTreeMap::new(),
        }
    }

    /// Who could wake this thread of this process from its sleep.
    pub fn of_sleeper(&self, pid: Pid, process: &Process, thread: &Thread) -> Wakers {
        let mut all = Wakers::default();
        for on in self.awaited(pid, process, thread) {
            let wakers = self.wakers(pid, &on);
            all.pids.extend(wakers.pids);
            all.siblings |= wakers.siblings;
            all.joined = all.joined.or(wakers.joined);
            all.others |= wakers.others;
        }
        all
    }

    /// Who could bring about one of the things that a thread waits for.
    pub fn wakers(&self, pid: Pid, on: &On) -> Wakers {
        match on {
            On::Bytes(pipe) => self.of_pipe(*pipe, self.holders.writers.get(pipe)),
            On::Room(pipe) | On::Readers(pipe) => {
                self.of_pipe(*pipe, self.holders.readers.get(pipe))
            }
            On::Data(socket) | On::Space(socket) => self.of_socket(*socket),
            On::Child(children) => self.living(self.children(pid, *children)),
            On::Ended(other) => self.living([*other].into()),
            On::Exec => self.living(self.borrowers(pid)),
            On::Lock(locks) => self.of_locks(locks),
            On::Counter(number) => Wakers::any(self.holders.counters.get(number)),
            On::Shared(memory) => self.of_memory(pid, memory.as_ref()),
            On::Signal(mask) => self.of_signals(pid, *mask),
            On::Thread => Wakers {
                siblings: true,
                others: self.may_be_released(pid),
                ..Wakers::default()
            },
            On::Join(thread) => Wakers {
                joined: Some(*thread),
                ..Wakers::default()
            },
            On::Connection(_) | On::Clock | On::Opener { .. } | On::Terminal | On::Unknown => {
                Wakers::somebody()
            }
        }
    }

    pub(super) fn process(&self, pid: Pid) -> Option<&Process> {
        self.snapshot.processes.get(&pid).map(|it| &**it)
    }

    /// Anybody may open a FIFO, at any time.
    fn of_pipe(&self, pipe: PipeInode, holders: Option<&BTreeSet<Pid>>) -> Wakers {
        let mut wakers = Wakers::any(holders);
        wakers.others |= pipe.has_name() || self.outside.contains(&pipe);
        wakers
    }

    fn of_socket(&self, socket: SocketInode) -> Wakers {
        let peer = self.snapshot.peers.get(&socket);
        Wakers::any(peer.and_then(|peer| self.holders.sockets.get(peer)))
    }

    /// Whoever has it may write there.
    fn of_memory(&self, pid: Pid, memory: Option<&SharedMemory>) -> Wakers {
        let Some(memory) = memory else {
            return Wakers::somebody();
        };
        let has = |it: &(&Pid, &Arc<Process>)| it.1.shared().contains(memory);
        let pids = self.snapshot.processes.iter().filter(has);
        Wakers {
            pids: pids.map(|(pid, _)| *pid).collect(),
            others: self.may_be_released(pid),
            ..Wakers::default()
        }
    }

    /// Whether a function for a signal may release a thread.
    fn may_be_released(&self, pid: Pid) -> bool {
        let is_write = |on: &On| matches!(on, On::Room(_) | On::Space(_));
        self.process(pid).is_some_and(|process| {
            let is_held_up = process.awaited().any(is_write);
            signals::may_release(process, is_held_up)
        })
    }

    fn of_locks(&self, locks: &[FileLock]) -> Wakers {
        let holders: Vec<_> = locks.iter().map(|it| self.holders.of_lock(it)).collect();
        let is_seen = |pid: &Pid| self.snapshot.processes.contains_key(pid);
        let nobody_seen = |pids: &BTreeSet<Pid>| pids.is_empty() || !pids.iter().all(is_seen);
        Wakers {
            others: holders.is_empty() || holders.iter().any(nobody_seen),
            pids: holders.into_iter().flatten().filter(is_seen).collect(),
            ..Wakers::default()
        }
    }

    /// Where only SIGCHLD is awaited, a child will do.
    fn of_signals(&self, pid: Pid, mask: Option<u64>) -> Wakers {
        let handled = || {
            self.process(pid)
                .map(|it| signals::handled(it) & !signals::INTERRUPT)
        };
        match mask.or_else(handled) {
            Some(signals::CHILD) => self.living(self.children(pid, Children::Any)),
            _ => Wakers::somebody(),
        }
    }

    /// Which of a process's children these are. A number is that of the parent's
    /// own PID namespace (`pid_namespaces(7)`).
    pub(super) fn children(&self, parent: Pid, which: Children) -> BTreeSet<Pid> {
        let depth = self.process(parent).map_or(1, |it| it.numbers.len()).max(1) - 1;
        let is_one = |child: &Process| match which {
            Children::Any => true,
            Children::One(number) => child.numbers.get(depth) == Some(&number),
            Children::Group(number) => child.groups.get(depth) == Some(&number),
        };
        let all = self.holders.children.get(&parent).into_iter().flatten();
        let these = all.filter(|pid| self.process(**pid).is_some_and(is_one));
        these.copied().collect()
    }

    /// The children that have this process's memory, and whose exec it awaits.
    fn borrowers(&self, pid: Pid) -> BTreeSet<Pid> {
        let mut children = self.children(pid, Children::Any);
        children.retain(|child| self.snapshot.borrowers.contains(child));
        children
    }

    /// One that has ended wakes its waiter: if it sleeps still, it was seen
    /// too early.
    fn living(&self, pids: BTreeSet<Pid>) -> Wakers {
        let lives = |pid: &Pid| {
            self.process(*pid)
                .is_some_and(|it| it.state != State::Zombie)
        };
        let others = pids.is_empty() || !pids.iter().all(lives);
        Wakers {
            pids: pids.into_iter().filter(lives).collect(),
            others,
            ..Wakers::default()
        }
    }
}

impl Wakers {
    /// An end that nobody holds wakes its waiter: if it sleeps still, somebody
    /// holds it whom we do not see.
    fn any(pids: Option<&BTreeSet<Pid>>) -> Wakers {
        let pids = pids.cloned().unwrap_or_default();
        Wakers {
            others: pids.is_empty(),
            pids,
            ..Wakers::default()
        }
    }

    fn somebody() -> Wakers {
        Wakers {
            others: true,
            ..Wakers::default()
        }
    }
}
