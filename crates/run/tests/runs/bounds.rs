//! A run that takes more of the machine than it may. Each script would harm
//! nobody if its bound did not hold.

use crate::fixture::{Ended, script};
use recording::{Kind, Resource};
use run::Bounds;
use std::process::Command;

const MIB: u64 = 1 << 20;

const NARROW: Bounds = Bounds {
    processes: 32,
    memory: 64 * MIB,
    file: 4 * MIB,
    folder: 8 * MIB,
};

#[track_caller]
fn having_exceeded(ended: Ended, most: u64, what: Resource) {
    let exceeded = Kind::Exceeded { most, what };
    let told = ended.kinds().filter(|kind| **kind == exceeded).count();
    assert_eq!(told, 1, "{:?}", ended.events);
    ended.having_left(&[]).leaving_nothing();
}

#[test]
#[cfg(target_os = "linux")]
fn too_many_processes_end_the_run() {
    let ended = script("for n in $(seq 200); do sleep 60 & done; wait")
        .bounded_by(NARROW)
        .ends()
        .by_signal(9);
    having_exceeded(ended, 32, Resource::Processes);
}

#[test]
#[cfg(target_os = "linux")]
fn processes_that_have_left_the_group_are_counted_too() {
    let ended = script("for n in $(seq 100); do setsid sleep 60 & done; wait")
        .bounded_by(NARROW)
        .ends()
        .by_signal(9);
    having_exceeded(ended, 32, Resource::Processes);
}

#[test]
#[cfg(target_os = "linux")]
fn too_much_memory_ends_the_run() {
    // `tail` keeps a line that does not end: 96 MiB of it.
    let ended = script("head -c 100663296 /dev/zero | (tail -n 1; sleep 60) | sleep 60")
        .bounded_by(NARROW)
        .ends()
        .by_signal(9);
    having_exceeded(ended, 64, Resource::Memory);
}

#[test]
fn too_much_in_the_folder_ends_the_run() {
    let text = "for n in $(seq 8); do head -c 2097152 /dev/zero >$n; done; sleep 60";
    let ended = script(text).bounded_by(NARROW).ends().by_signal(9);
    having_exceeded(ended, 8, Resource::Folder);
}

#[test]
fn a_file_that_grows_too_large_ends_the_program() {
    let ended = script("exec head -c 5242880 /dev/zero >large")
        .bounded_by(NARROW)
        .ends()
        .by_signal(25);
    having_exceeded(ended, 4, Resource::File);
}

#[test]
fn more_memory_than_there_may_be_is_refused_at_once() {
    let python = "python3 -c 'bytearray(200 << 20)'";
    if Command::new("python3").arg("-V").output().is_err() {
        return println!("not tested: python3 is not installed");
    }
    script(&format!("{python} 2>&1 | tail -n 1"))
        .bounded_by(NARROW)
        .ends()
        .having_said("MemoryError\n");
}

#[test]
fn a_run_within_its_bounds_does_not_notice_them() {
    script("sleep 0.2; echo done >file; cat file")
        .bounded_by(NARROW)
        .ends()
        .with_status(0)
        .having_said("done\n")
        .leaving_nothing();
}
