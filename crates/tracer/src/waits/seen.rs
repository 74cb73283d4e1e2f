//! What was seen, in the words of a recording.

use super::wakers::Waits;
use crate::look::{Children, On, fill};
use crate::pipes::Pipes;
use recording::traced::{Asleep, Fill, Pid, Sleep, Waker};
use std::collections::BTreeSet;

/// Processes of which every thread sleeps, and in what.
pub(super) fn asleep(waits: &Waits<'_>, pipes: &mut Pipes) -> Vec<Asleep> {
    let mut all = Vec::new();
    for (pid, process) in waits.snapshot.asleep() {
        let mut threads: Vec<Sleep> = Vec::new();
        let mut wakers = BTreeSet::new();
        for thread in &process.threads {
            let Some(slept) = &thread.sleep else { continue };
            let mut on = Vec::new();
            for it in waits.awaited(pid, process, thread) {
                let (waker, pids) = waker(waits, pipes, pid, &it);
                wakers.extend(pids);
                if !on.contains(&waker) {
                    on.push(waker);
                }
            }
            let line = waits.places.get(&thread.tid).map(|it| it.line);
            let known = threads
                .iter_mut()
                .find(|it| it.call == slept.call && it.on == on && it.line == line);
            match known {
                Some(known) => {
                    known.threads += 1;
                    known.limit_ms = sooner(known.limit_ms, slept.limit_ms);
                }
                None => threads.push(Sleep {
                    call: slept.call.to_owned(),
                    threads: 1,
                    on,
                    limit_ms: slept.limit_ms,
                    line,
                }),
            }
        }
        all.push(Asleep {
            pid,
            threads,
            wakers: wakers.into_iter().collect(),
        });
    }
    all
}

fn sooner(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    one.into_iter().chain(other).min_by(f64::total_cmp)
}

/// One thing that would wake a thread, and who of the run could bring it about.
fn waker(waits: &Waits<'_>, pipes: &mut Pipes, pid: Pid, on: &On) -> (Waker, BTreeSet<Pid>) {
    let mut pids = waits.wakers(pid, on).pids;
    if matches!(on, On::Shared(_)) {
        pids.remove(&pid);
    }
    let waker = match on {
        On::Bytes(pipe) => Waker::Bytes {
            pipe: pipes.pipe(*pipe),
        },
        On::Room(pipe) | On::Readers(pipe) => Waker::Room {
            pipe: pipes.pipe(*pipe),
        },
        On::Data(socket) | On::Space(socket) | On::Connection(socket) => Waker::Socket {
            socket: pipes.socket(*socket),
        },
        On::Child(Children::One(_)) | On::Ended(_) => match pids.first() {
            Some(child) => Waker::Child {
                child: Some(*child),
            },
            None => Waker::Unknown,
        },
        On::Child(_) => Waker::Child { child: None },
        On::Exec => Waker::Exec,
        On::Lock(_) => Waker::Lock {
            holders: pids.iter().copied().collect(),
        },
        On::Thread | On::Join(_) => Waker::Thread,
        On::Shared(_) => Waker::SharedMemory,
        On::Clock => Waker::Clock,
        On::Signal(_) if !pids.is_empty() => Waker::Child { child: None },
        On::Signal(_) => Waker::Signal,
        On::Opener { path, writer } => Waker::Opener {
            path: path.clone(),
            writer: *writer,
        },
        On::Terminal => Waker::Terminal,
        On::Counter(_) | On::Unknown => Waker::Unknown,
    };
    (waker, pids)
}

/// What is in the pipes that have a number, of those that somebody holds.
pub(super) fn fills(waits: &Waits<'_>, pipes: &Pipes) -> Vec<Fill> {
    let sleeps = waits.snapshot.asleep().flat_map(|(_, it)| &it.threads);
    let on = sleeps
        .filter_map(|it| it.sleep.as_ref())
        .flat_map(|it| &it.on);
    let full: BTreeSet<_> = on
        .filter_map(|on| match on {
            On::Room(pipe) => Some(*pipe),
            _ => None,
        })
        .collect();
    let mut fills: Vec<Fill> = pipes
        .numbered()
        .filter_map(|(inode, pipe)| {
            let (pid, fd) = waits.holders.quiet.get(&inode)?;
            let (bytes, capacity) = fill(*pid, *fd)?;
            Some(Fill {
                pipe,
                bytes,
                capacity,
                full: full.contains(&inode),
            })
        })
        .collect();
    fills.sort_by_key(|it| it.pipe);
    fills
}
