//! Waits that have a time limit.

use super::{R, W, holding, made, pipe, process, sleep};
use crate::lines::Place;
use crate::look::{Children, On, Process, Sleep};
use crate::waits::{Waits, deadlock};
use recording::traced::Pid;
use std::collections::BTreeSet;

#[test]
fn the_limits_of_those_who_are_stuck_are_told() {
    let cat = (2, process(1, &[On::Room(pipe(8))], &[(8, W)]));
    let mut wait = sleep(&[On::Child(Children::One(2))]);
    wait.as_mut().unwrap().limit_ms = Some(500.0);
    let parent = (1, Process::made_up(0, vec![wait], holding(&[(8, R)])));
    let made = made(vec![parent, cat]);
    let waits = Waits::new(&made.snapshot, &made.outside);
    let found = deadlock(&waits, &[1, 2].into(), &BTreeSet::new()).unwrap();
    let limits: Vec<(Pid, f64)> = found.limits.iter().map(|it| (it.pid, it.ms)).collect();
    assert_eq!((found.stuck, limits), (vec![1, 2], vec![(1, 500.0)]));
}

fn within(ms: f64, on: &[On]) -> Option<Sleep> {
    let slept = sleep(on)?;
    Some(Sleep {
        call: "futex",
        limit_ms: Some(ms),
        ..slept
    })
}

/// As tokio's timers do, an interruptible sleep of Python or of Java.
#[test]
fn a_limit_that_is_all_there_is_to_wait_for_is_a_sleep() {
    let alone = Process::made_up(0, vec![within(300.0, &[On::Thread])], vec![]);
    assert_eq!(made(vec![(1, alone)]).stuck(), [] as [Pid; 0]);
    let threads = vec![
        sleep(&[On::Thread]),
        within(300.0, &[On::Thread]),
        sleep(&[On::Thread]),
    ];
    let with_workers = Process::made_up(0, threads, vec![]);
    assert_eq!(made(vec![(1, with_workers)]).stuck(), [] as [Pid; 0]);
}

#[test]
fn a_limit_of_one_that_is_known_to_wait_for_a_thread_is_that_waits_limit() {
    let alone = Process::made_up(0, vec![within(300.0, &[On::Thread])], vec![]);
    let tid = alone.threads[0].tid;
    let made = made(vec![(1, alone)]);
    let stuck = |waits_for_a_thread| {
        let mut waits = Waits::new(&made.snapshot, &made.outside);
        let line = 21;
        waits.places.insert(
            tid,
            Place {
                line,
                waits_for_a_thread,
            },
        );
        deadlock(&waits, &[1].into(), &BTreeSet::new()).map(|it| it.limits[0].ms)
    };
    assert_eq!((stuck(true), stuck(false)), (Some(300.0), None));
}

#[test]
fn who_sleeps_beside_a_child_that_reads_from_it_does_not_wait_for_it() {
    let parent = Process::made_up(0, vec![within(300.0, &[On::Thread])], holding(&[(7, W)]));
    let cat = (2, process(1, &[On::Bytes(pipe(7))], &[(7, R)]));
    assert_eq!(made(vec![(1, parent), cat]).stuck(), [] as [Pid; 0]);
}

/// A thread is fed by the child, and another waits for that thread with a limit.
#[test]
fn a_limit_beside_a_wait_for_others_is_that_waits_limit() {
    let threads = vec![within(500.0, &[On::Thread]), sleep(&[On::Bytes(pipe(8))])];
    let parent = Process::made_up(0, threads, holding(&[(7, W), (8, R)]));
    let cat = process(1, &[On::Bytes(pipe(7))], &[(7, R), (8, W)]);
    let made = made(vec![(1, parent), (2, cat)]);
    assert_eq!(made.stuck(), [1, 2]);
}
