//! A tracer that is killed: its run ends with it.

use crate::fixture::{await_that, script, standing_in};
use recording::{Event, Kind};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::time::Duration;
use std::{fs, thread};
use tests::chance::Chance;

/// What is started without an end, stopped, left, and deaf to what can be ignored.
const RESTLESS: &str = "trap '' INT TERM HUP
    sh -c 'kill -STOP $$' &
    setsid sleep 1000 &
    (setsid sh -c 'kill -STOP $$; sleep 1000' &)
    sleep 1000 | cat &
    while :; do echo one; sh -c 'exec echo two'; done";

#[test]
fn a_tracer_that_is_killed_a_hundred_times_leaves_nothing() {
    let mut chance = Chance::new(11);
    for _ in 0..100 {
        let mut running = script(RESTLESS).starts();
        let tracer = Pid::from_raw(running.supervisor.cast_signed()).unwrap();
        let supervisor = children_of(tracer);
        let events = running.run.by_ref().take(chance.below(120));
        let read: Result<Vec<Event>, _> = events.collect();
        read.unwrap();
        kill_process(tracer, Signal::KILL).unwrap();
        let error = running.run.find_map(Result::err).unwrap();
        let expected = "the tracer died (signal: 9 (SIGKILL)), and the run with it";
        assert_eq!(error.to_string(), expected);
        assert!(running.run.next().is_none());
        let folder = running.folder.path();
        await_that("nothing is left", || {
            !supervisor.iter().any(|pid| lives(*pid)) && standing_in(folder).is_empty()
        });
    }
}

#[test]
fn a_tracer_that_is_killed_takes_the_run_with_it_without_the_owners_help() {
    for _ in 0..10 {
        let running = script(RESTLESS).starts().says("one\n");
        let tracer = Pid::from_raw(running.supervisor.cast_signed()).unwrap();
        kill_process(tracer, Signal::KILL).unwrap();
        // Nobody reads the run's events meanwhile.
        let folder = running.folder.path();
        await_that("nothing is left", || standing_in(folder).is_empty());
    }
}

#[test]
fn a_supervisor_that_is_killed_leaves_nothing_either() {
    let mut running = script(RESTLESS).starts().says("one\n");
    let tracer = Pid::from_raw(running.supervisor.cast_signed()).unwrap();
    for supervisor in children_of(tracer) {
        kill_process(supervisor, Signal::KILL).unwrap();
    }
    let error = running.run.find_map(Result::err).unwrap().to_string();
    assert!(error.starts_with("the supervisor died"), "{error}");
    let folder = running.folder.path();
    await_that("nothing is left", || standing_in(folder).is_empty());
    await_that("the tracer has gone", || test_kill_process(tracer).is_err());
}

#[test]
fn an_owner_that_reads_no_events_can_end_the_run() {
    // More is told than a socket holds, and than the tracer keeps: no child is
    // started any more then, and nobody reads the count of those that were.
    let running = script("while :; do (:); echo >>starts; done").starts();
    let control = running.run.control();
    let folder = running.folder.path().to_owned();
    let starts = || fs::metadata(folder.join("starts")).map_or(0, |file| file.len());
    let mut before = 0;
    await_that("the program waits for the owner", || {
        thread::sleep(Duration::from_millis(200));
        let waits = starts() > 100 && starts() == before;
        before = starts();
        waits
    });
    control.end();
    await_that("nothing is left", || standing_in(&folder).is_empty());
    let ended = running.ends().by_signal(9);
    let started = |kind: &Kind| matches!(kind, Kind::Started { .. });
    assert!(ended.kinds().any(started));
    ended.leaving_nothing();
}

/// Whether it is no zombie, which whoever adopted it may wait for when it likes.
fn lives(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_pid()));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

fn children_of(pid: Pid) -> Vec<Pid> {
    let pid = pid.as_raw_pid();
    let path = format!("/proc/{pid}/task/{pid}/children");
    let children = fs::read_to_string(path).unwrap();
    let children = children.split_ascii_whitespace();
    children
        .map(|it| Pid::from_raw(it.parse().unwrap()).unwrap())
        .collect()
}
