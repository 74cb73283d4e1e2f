//! How a child is made, and what its parent does about it.

use crate::kernel::{self, Ends};
use crate::waiting::{self, Change};
use crate::{account, images};
use recording::traced::Pid;
use rustix::io::Errno;
use std::fs;
use std::os::fd::OwnedFd;
use tests::trees::account::Line;
use tests::trees::plan::{How, Plan, Step, Then};

/// The parent's ends of the two pipes to a child.
struct Wires {
    ready: OwnedFd,
    word: OwnedFd,
}

/// What a child does that is a copy of its parent.
pub type Life = fn(&Plan) -> !;

pub fn spawn(how: How, then: Then, child: &Plan, life: Life) {
    let wired = !matches!(then, Then::Wait | Then::Leave | Then::KillAtExec);
    let (pid, wires) = match wired {
        true => wired_child(how, child, life),
        false => (born(how, child, life, None, None), None),
    };
    account::write(&Line::Spawned {
        parent: kernel::pid(),
        child: pid.unsigned_abs(),
        how,
    });
    if matches!(how, How::Vfork | How::PosixSpawn)
        && let Some(program) = becomes(child)
    {
        account::write(&Line::Becomes {
            pid: pid.unsigned_abs(),
            program,
        });
    }
    see_to(pid, then, wires);
}

fn wired_child(how: How, child: &Plan, life: Life) -> (i32, Option<Wires>) {
    let ((ready, tells), (hears, word)) = (kernel::pipe(), kernel::pipe());
    let ends = Ends::of(&tells, &hears);
    let wires = Wires { ready, word };
    let mut parents = Some(wires);
    let pid = born(how, child, life, Some(ends), Some(&mut parents));
    (pid, parents)
}

/// Makes the child. `parents` are closed in a child that is a copy: else it would
/// hold its own parent's end.
fn born(
    how: How,
    child: &Plan,
    life: Life,
    ends: Option<Ends>,
    parents: Option<&mut Option<Wires>>,
) -> i32 {
    let pid = match how {
        How::Vfork => return kernel::vfork(&images::of_vforked(child, ends)),
        How::PosixSpawn => return kernel::posix_spawn(&images::of(child, ends)),
        How::Fork => kernel::fork(),
        How::Clone => kernel::clone(libc::SIGCHLD),
        How::Silent => kernel::clone(0),
        How::Sibling => kernel::clone(libc::CLONE_PARENT | libc::SIGCHLD),
        How::Clone3 => kernel::clone3(),
    };
    assert!(pid >= 0, "{}: no child", how.name());
    if pid == 0 {
        if let Some(ends) = ends {
            ends.take();
        }
        if let Some(wires) = parents {
            *wires = None;
        }
        life(child);
    }
    pid
}

/// The foreign program that a child of vfork is at once.
fn becomes(child: &Plan) -> Option<String> {
    match child.steps.first()? {
        Step::Shell(_) => Some("sh".to_owned()),
        Step::Program(program) => Some(program.clone()),
        _ => None,
    }
}

fn see_to(pid: i32, then: Then, wires: Option<Wires>) {
    match (then, wires) {
        (Then::Leave, _) => {}
        (Then::Wait, _) => reap(pid),
        (Then::KillAtExec, _) => {
            await_exec(pid);
            kernel::send(pid, libc::SIGKILL);
            reap(pid);
        }
        (_, None) => unreachable!("whoever is heard has wires"),
        (Then::Kill, Some(_)) => {
            kernel::send(pid, libc::SIGKILL);
            reap(pid);
        }
        (then, Some(wires)) => {
            hear(&wires);
            match then {
                Then::Send(signal) => kernel::send(pid, signal),
                Then::SendGroup(signal) => kernel::send(-pid, signal),
                Then::SendInVain(signal) => {
                    kernel::send(pid, signal);
                    kernel::send(pid, libc::SIGKILL);
                }
                Then::StopAndContinue => stop_and_continue(pid, &wires),
                // Its word never comes: it holds until somebody ends it.
                Then::Hear => return std::mem::forget(wires),
                Then::Wait | Then::Leave | Then::Kill | Then::KillAtExec => {}
            }
            reap(pid);
        }
    }
}

fn hear(wires: &Wires) {
    let mut byte = [0];
    let heard = loop {
        match rustix::io::read(&wires.ready, &mut byte) {
            Err(Errno::INTR) => {}
            heard => break heard,
        }
    };
    assert_eq!(heard, Ok(1), "the child never was ready");
}

fn stop_and_continue(pid: i32, wires: &Wires) {
    kernel::send(pid, libc::SIGSTOP);
    if let Some((pid, Change::Stopped(signal))) = waiting::for_change(pid, libc::WUNTRACED) {
        account::write(&Line::Stopped { pid, signal });
    }
    kernel::send(pid, libc::SIGCONT);
    if let Some((pid, Change::Continued)) = waiting::for_change(pid, libc::WCONTINUED) {
        account::write(&Line::Continued { pid });
    }
    rustix::io::write(&wires.word, b"g").expect("the child hears");
}

/// Asks again and again, so that the child has not come far since.
fn await_exec(pid: i32) {
    let words = |pid: &str| fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let (own, pid) = (words("self"), pid.to_string());
    while words(&pid) == own {}
}

/// Waits for a child's end. None is collected where SIGCHLD is ignored.
fn reap(pid: i32) {
    if let Some((pid, change)) = waiting::for_end(pid) {
        reaped(pid, &change);
    }
}

/// Waits until there are no children.
pub fn collect() {
    while let Some((pid, change)) = waiting::for_end(-1) {
        reaped(pid, &change);
    }
}

fn reaped(pid: Pid, change: &Change) {
    if let Change::Ended(outcome) = change {
        account::write(&Line::Reaped {
            by: kernel::pid(),
            pid,
            outcome: *outcome,
        });
    }
}
