//! Who holds what: an index over a snapshot.

use crate::look::{FileLock, PipeInode, Process, Snapshot, SocketInode, State, To};
use recording::traced::Pid;
use std::collections::{BTreeMap, BTreeSet};

type Pids = BTreeSet<Pid>;

/// Who holds which end, and whose child is whose.
#[derive(Debug, Default)]
pub(super) struct Holders {
    pub(super) readers: BTreeMap<PipeInode, Pids>,
    pub(super) writers: BTreeMap<PipeInode, Pids>,
    pub(super) sockets: BTreeMap<SocketInode, Pids>,
    pub(super) counters: BTreeMap<u64, Pids>,
    pub(super) children: BTreeMap<Pid, Pids>,
    /// For each pipe a descriptor of one who sleeps, a writing end if there is one.
    pub(super) quiet: BTreeMap<PipeInode, (Pid, i32)>,
    locks: Vec<(FileLock, Pid)>,
    /// Descriptors are on their way through a socket: nobody holds them.
    pub(super) in_flight: bool,
}

impl Holders {
    pub(super) fn of(snapshot: &Snapshot) -> Holders {
        let mut holders = Holders::default();
        for (pid, process) in &snapshot.processes {
            let children = holders.children.entry(process.parent).or_default();
            children.insert(*pid);
            holders.add(*pid, process);
        }
        holders
    }

    fn add(&mut self, pid: Pid, process: &Process) {
        for fd in process.fds() {
            self.locks
                .extend(fd.locks.iter().map(|lock| (lock.clone(), pid)));
            match fd.to {
                To::Pipe {
                    pipe,
                    reads,
                    writes,
                } => {
                    if process.state == State::Asleep && (writes || !self.quiet.contains_key(&pipe))
                    {
                        self.quiet.insert(pipe, (pid, fd.fd));
                    }
                    if reads {
                        self.readers.entry(pipe).or_default().insert(pid);
                    }
                    if writes {
                        self.writers.entry(pipe).or_default().insert(pid);
                    }
                }
                To::Socket { socket, in_flight } => {
                    self.sockets.entry(socket).or_default().insert(pid);
                    self.in_flight |= in_flight > 0;
                }
                To::Counter(number) => {
                    self.counters.entry(number).or_default().insert(pid);
                }
                _ => {}
            }
        }
    }

    /// Who holds this file lock: its process, or whoever has the open file through
    /// which it was taken, though the process that took it may have ended.
    pub(super) fn of_lock(&self, lock: &FileLock) -> Pids {
        if lock.is_of_a_process() {
            return lock.owner.into_iter().collect();
        }
        let same = self.locks.iter().filter(|(it, _)| it == lock);
        same.map(|(_, pid)| *pid).collect()
    }
}
