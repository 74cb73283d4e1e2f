//! Several processes, looked at one after the other.

use super::descriptors::SocketInode;
use super::process::{Process, State};
use super::sockets::Sockets;
use recording::traced::Pid;
use std::collections::{BTreeMap, BTreeSet};

/// Processes as they were seen, and how their sockets hang together.
///
/// One is looked at after the other, so a single snapshot proves nothing of two
/// together: what [`Snapshot::stood_still_since`] the snapshot before did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    pub processes: BTreeMap<Pid, Process>,
    /// The socket at a socket's other end.
    pub peers: BTreeMap<SocketInode, SocketInode>,
}

impl Snapshot {
    /// Looks at these processes; those that have gone are left out. What is known
    /// from the snapshot `before`, of who has slept since, is not read again.
    pub fn look(
        pids: impl IntoIterator<Item = Pid>,
        before: Option<&Snapshot>,
        sockets: &mut Sockets,
    ) -> Snapshot {
        let known = |pid| before.and_then(|it| it.processes.get(&pid));
        let look = |pid| Some((pid, Process::look(pid, known(pid))?));
        let processes: BTreeMap<Pid, Process> = pids.into_iter().filter_map(look).collect();
        let fds = processes.values().flat_map(Process::fds);
        let held: BTreeSet<SocketInode> = fds.filter_map(|fd| fd.socket()).collect();
        Snapshot {
            peers: sockets.peers(&held),
            processes,
        }
    }

    /// Those that slept from that snapshot to this one.
    pub fn stood_still_since(&self, before: &Snapshot) -> BTreeSet<Pid> {
        let stood = |(pid, process): (&Pid, &Process)| {
            let before = before.processes.get(pid)?;
            process.stood_still_since(before).then_some(*pid)
        };
        self.processes.iter().filter_map(stood).collect()
    }

    /// Those of which every thread sleeps.
    pub fn asleep(&self) -> impl Iterator<Item = (Pid, &Process)> {
        let asleep = |(_, it): &(&Pid, &Process)| it.state == State::Asleep;
        let processes = self.processes.iter().filter(asleep);
        processes.map(|(pid, process)| (*pid, process))
    }
}
