//! A supervisor that the system refuses something.

use crate::fixture::{await_that, script, standing_in};
use crate::started::supervisor;
use run::{Bounds, Run, Start};
use rustix::process::{Pid, Resource, Rlimit, prlimit};
use std::path::Path;

const BOUNDS: Bounds = Bounds {
    processes: 32,
    memory: 64 << 20,
    file: 4 << 20,
    folder: 8 << 20,
};

/// From now on the supervisor opens no file, so that it cannot read `/proc`.
fn refuse_files(run: &Run) {
    let supervisor = Pid::from_raw(run.supervisor_pid().cast_signed());
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    prlimit(supervisor, Resource::Nofile, none).unwrap();
}

/// What was killed has another parent by now, for which nobody here can wait.
#[track_caller]
fn await_the_end(folder: &Path) {
    await_that("nothing is left", || standing_in(folder).is_empty());
}

#[test]
fn a_run_whose_processes_cannot_be_counted_is_ended() {
    let running = script("sleep 1000 & echo ready; exec sleep 1000")
        .bounded_by(BOUNDS)
        .starts()
        .says("ready\n");
    refuse_files(&running.run);
    let error = running.run.to_end().unwrap_err();
    let expected = "reading /proc: Too many open files (os error 24)";
    assert_eq!(error.to_string(), expected);
    await_the_end(running.folder.path());
}

#[test]
fn what_cannot_be_found_is_killed_with_its_group() {
    let running = script("(trap '' INT TERM; sleep 1000) & echo ready")
        .starts()
        .says("ready\n");
    refuse_files(&running.run);
    let error = running.run.to_end().unwrap_err().to_string();
    let expected = "killed 5 s ago, and still there: nobody knows what (reading /proc: ";
    assert!(error.starts_with(expected), "{error}");
    await_the_end(running.folder.path());
}

#[test]
fn a_program_whose_supervisor_has_no_memory_for_a_thread_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    // Twice this is what the supervisor and the program may have each: less than the
    // stack of a thread, and enough for `sh`.
    let memory = 768 << 10;
    let started = Start::new("sh", folder.path())
        .argument("-c")
        .argument("sleep 1000 & exec sleep 1000")
        .bounds(Bounds { memory, ..BOUNDS })
        .supervised_by(supervisor());
    let error = started
        .and_then(Run::to_end)
        .expect_err("it needs a thread")
        .to_string();
    assert!(error.contains("failed to spawn thread"), "{error}");
    await_the_end(folder.path());
}
