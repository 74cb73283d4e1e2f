//! Who can never move: not by themselves, nor by anybody who could move.

use super::signals;
use super::wakers::{Waits, Wakers};
use crate::look::{Process, State, To};
use recording::traced::{Deadlock, Limit, Pid};
use std::collections::BTreeSet;

/// Claimed only where it is sure. `stood` are those who slept from one look to the
/// next: of another, what it waits for may be a moment old. `unseen` are those who
/// may be woken by what no look shows, as by an alarm.
pub fn deadlock(
    waits: &Waits<'_>,
    stood: &BTreeSet<Pid>,
    unseen: &BTreeSet<Pid>,
) -> Option<Deadlock> {
    // Whoever receives a descriptor holds it then.
    if waits.holders.in_flight {
        return None;
    }
    let processes = &waits.snapshot.processes;
    let is_free = |pid: &Pid, process: &Process| {
        !stood.contains(pid) || unseen.contains(pid) || moves_by_itself(process)
    };
    let mut moving: Moving = Moving {
        processes: processes
            .iter()
            .filter(|it| it.1.state != State::Zombie && is_free(it.0, it.1))
            .map(|(pid, _)| *pid)
            .collect(),
        threads: BTreeSet::new(),
    };
    let mut sleepers = sleepers(waits, &moving);
    // ANCHOR: who_can_move
    loop {
        let before = sleepers.len();
        sleepers.retain(|sleeper| {
            let wakes = moving.wakes(waits, sleeper);
            if wakes {
                moving.processes.insert(sleeper.pid);
                moving.threads.insert(sleeper.tid);
            }
            !wakes
        });
        if sleepers.len() == before {
            break;
        }
    }
    // ANCHOR_END: who_can_move
    let is_stuck = |sleeper: &&Sleeper<'_>| !moving.processes.contains(&sleeper.pid);
    let stuck: BTreeSet<Pid> = sleepers.iter().filter(is_stuck).map(|it| it.pid).collect();
    let limits = stuck.iter().filter_map(|pid| {
        let threads = processes[pid].threads.iter();
        let limits = threads.filter_map(|it| it.sleep.as_ref()?.limit_ms);
        let ms = limits.min_by(f64::total_cmp)?;
        Some(Limit { pid: *pid, ms })
    });
    let limits = limits.collect();
    (!stuck.is_empty()).then(|| Deadlock {
        stuck: stuck.into_iter().collect(),
        limits,
    })
}

/// Whether something may set it going that has no place in who waits for whom.
fn moves_by_itself(process: &Process) -> bool {
    let Some(fds) = &process.fds else {
        return true;
    };
    process.state != State::Asleep
        || process.has_timer
        || signals::may_be_woken_from_anywhere(process)
        || fds.iter().any(|fd| fd.to == To::Uring)
}

/// A thread that sleeps, and who could wake it.
struct Sleeper<'a> {
    pid: Pid,
    tid: Pid,
    process: &'a Process,
    wakers: Wakers,
}

fn sleepers<'a>(waits: &Waits<'a>, moving: &Moving) -> Vec<Sleeper<'a>> {
    let still = |pid: &Pid| !moving.processes.contains(pid);
    let processes = waits.snapshot.processes.iter();
    let mut sleepers = Vec::new();
    for (pid, process) in processes.filter(|(pid, _)| still(pid)) {
        for thread in &process.threads {
            if thread.sleep.is_none() {
                continue;
            }
            let wakers = waits.of_sleeper(*pid, process, thread);
            sleepers.push(Sleeper {
                pid: *pid,
                tid: thread.tid,
                process,
                wakers,
            });
        }
    }
    sleepers
}

struct Moving {
    processes: BTreeSet<Pid>,
    threads: BTreeSet<Pid>,
}

impl Moving {
    fn wakes(&self, waits: &Waits<'_>, sleeper: &Sleeper<'_>) -> bool {
        let Wakers {
            pids,
            siblings,
            joined,
            others,
        } = &sleeper.wakers;
        let moves = |pid: &Pid| self.processes.contains(pid);
        *others
            || *siblings && moves(&sleeper.pid)
            || joined.is_some_and(|tid| self.threads.contains(&tid))
            || pids.iter().any(moves)
            || self.signals(waits, sleeper)
    }

    /// A child that moves may end, which its parent's own function may hear of;
    /// anybody who moves may ask another to end.
    fn signals(&self, waits: &Waits<'_>, sleeper: &Sleeper<'_>) -> bool {
        let handled = signals::handled(sleeper.process);
        let mut children = waits
            .holders
            .children
            .get(&sleeper.pid)
            .into_iter()
            .flatten();
        let by_child =
            handled & signals::CHILD != 0 && children.any(|pid| self.processes.contains(pid));
        let others = self.processes.iter().any(|pid| *pid != sleeper.pid);
        by_child || signals::may_be_told(sleeper.process) && others
    }
}
