//! Several processes, looked at one after the other.

use super::descriptors::SocketInode;
use super::file;
use super::process::{Process, State};
use super::sleep::On;
use super::sockets::Sockets;
use recording::traced::Pid;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Processes as they were seen, and how their sockets hang together.
///
/// One is looked at after the other, so a single snapshot proves nothing of two
/// together: what [`Snapshot::stood_still_since`] the snapshot before did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    pub processes: BTreeMap<Pid, Arc<Process>>,
    /// The socket at a socket's other end.
    pub peers: BTreeMap<SocketInode, SocketInode>,
    /// Children that have the memory of a parent which waits for their exec.
    pub borrowers: BTreeSet<Pid>,
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
        let processes: BTreeMap<Pid, Arc<Process>> = pids.into_iter().filter_map(look).collect();
        let fds = processes.values().flat_map(|process| process.fds());
        let held: BTreeSet<SocketInode> = fds.filter_map(|fd| fd.socket()).collect();
        Snapshot {
            peers: sockets.peers(&held),
            borrowers: borrowers(&processes),
            processes,
        }
    }

    /// Those that slept from that snapshot to this one.
    pub fn stood_still_since(&self, before: &Snapshot) -> BTreeSet<Pid> {
        let stood = |(pid, process): (&Pid, &Arc<Process>)| {
            let before = before.processes.get(pid)?;
            process.stood_still_since(before).then_some(*pid)
        };
        self.processes.iter().filter_map(stood).collect()
    }

    /// Those of which every thread sleeps.
    pub fn asleep(&self) -> impl Iterator<Item = (Pid, &Process)> {
        let asleep = |(_, it): &(&Pid, &Arc<Process>)| it.state == State::Asleep;
        let processes = self.processes.iter().filter(asleep);
        processes.map(|(pid, process)| (*pid, &**process))
    }
}

/// As long as it has its parent's memory, a child has its stack in the same place,
/// which an exec moves.
fn borrowers(processes: &BTreeMap<Pid, Arc<Process>>) -> BTreeSet<Pid> {
    let lends = |process: &Process| {
        let mut sleeps = process.threads.iter().filter_map(|it| it.sleep.as_ref());
        sleeps.any(|sleep| sleep.on.contains(&On::Exec))
    };
    let lenders = processes.iter().filter(|(_, process)| lends(process));
    let lenders: BTreeMap<Pid, Option<u64>> = lenders.map(|(pid, _)| (*pid, stack(*pid))).collect();
    let borrows = |(pid, process): &(&Pid, &Arc<Process>)| {
        let lender = lenders.get(&process.parent);
        lender.is_some_and(|lent| lent.is_none() || stack(**pid) == *lent)
    };
    let borrowers = processes.iter().filter(borrows);
    borrowers.map(|(pid, _)| *pid).collect()
}

/// Field 28 of `proc_pid_stat(5)`, which is counted from behind the name.
fn stack(pid: Pid) -> Option<u64> {
    let stat = file::text(&format!("/proc/{pid}/stat"))?;
    let (_, rest) = stat.rsplit_once(')')?;
    let start = rest.split_whitespace().nth(25)?.parse().ok()?;
    (start != 0).then_some(start)
}
