//! Those who have a function for a signal.

use super::{Made, R, W, holding, made, pipe, process, sleep, two_that_write_to_each_other};
use crate::look::{Children, On, Process};
use recording::traced::Pid;

#[test]
fn signals_that_nobody_is_left_to_send_are_no_doubt() {
    for signal in [
        libc::SIGINT,
        libc::SIGTERM,
        libc::SIGCHLD,
        libc::SIGSEGV,
        33,
    ] {
        let mut processes = two_that_write_to_each_other();
        processes[1].1.handled = 1 << (signal - 1);
        assert_eq!(made(processes).stuck(), [1, 2], "{signal}");
    }
}

#[test]
fn one_that_moves_may_ask_another_to_end_which_hears_of_it() {
    for signal in [libc::SIGTERM, libc::SIGINT] {
        let mut processes = two_that_write_to_each_other();
        processes[1].1.handled = 1 << (signal - 1);
        processes.push((3, process(0, &[On::Clock], &[])));
        assert_eq!(made(processes).stuck(), [] as [Pid; 0], "{signal}");
    }
}

/// A parent that awaits its child's end; and the child, which has functions for INT
/// and TERM and two threads that wait for another of its own.
fn parent_of_one_that_hears_when_it_is_to_end(third: On) -> Made {
    let threads = vec![sleep(&[third]), sleep(&[On::Thread]), sleep(&[On::Thread])];
    let mut child = Process::made_up(1, threads, holding(&[(7, W), (8, R)]));
    child.handled = 1 << (libc::SIGINT - 1) | 1 << (libc::SIGTERM - 1);
    let waits = [On::Child(Children::One(2))];
    let parent = process(0, &waits, &[(7, R), (8, W)]);
    made(vec![(1, parent), (2, child)])
}

/// As ffmpeg: in a write to a full pipe, and its workers idle.
#[test]
fn who_is_stuck_in_a_write_does_not_wait_to_be_told_to_end() {
    let made = parent_of_one_that_hears_when_it_is_to_end(On::Room(pipe(7)));
    assert_eq!(made.stuck(), [1, 2]);
}

#[test]
fn who_is_idle_may_wait_to_be_told_to_end() {
    for third in [On::Bytes(pipe(8)), On::Thread] {
        let made = parent_of_one_that_hears_when_it_is_to_end(third.clone());
        assert_eq!(made.stuck(), [] as [Pid; 0], "{third:?}");
    }
}

#[test]
fn the_end_of_a_child_is_heard_by_who_has_a_function_for_it() {
    let mut processes = two_that_write_to_each_other();
    processes[0].1.handled = 1 << (libc::SIGCHLD - 1);
    processes.push((3, process(1, &[On::Clock], &[])));
    assert_eq!(made(processes).stuck(), [] as [Pid; 0]);
}
