//! What `/proc` says of a process (`proc(5)`), as far as tracing needs it. Whatever
//! has gone meanwhile says nothing.

use super::ptrace::Tid;
use crate::look::text;
use recording::traced::SignalAction;
use std::fs;
use std::path::PathBuf;

/// Its parent, and the signal that the parent gets when it ends.
pub(super) fn parent_and_end_signal(pid: Tid) -> Option<(Tid, i32)> {
    let fields = fields(pid)?;
    let mut fields = fields.split_ascii_whitespace();
    // Fields 4 and 38; the state, the first here, is field 3.
    let parent = fields.nth(1)?.parse().ok()?;
    Some((parent, fields.nth(33)?.parse().ok()?))
}

/// The letter of its state, and its parent.
pub(super) fn state_and_parent(pid: Tid) -> Option<(u8, Tid)> {
    let fields = fields(pid)?;
    let mut fields = fields.split_ascii_whitespace();
    let state = *fields.next()?.as_bytes().first()?;
    Some((state, fields.next()?.parse().ok()?))
}

/// Whether it has not ended.
pub(super) fn lives(pid: Tid) -> bool {
    state_and_parent(pid).is_some_and(|(state, _)| !matches!(state, b'Z' | b'X'))
}

/// The process of a thread, and that process's parent.
pub(super) fn process_and_parent(tid: Tid) -> Option<(Tid, Tid)> {
    let status = text(&format!("/proc/{tid}/status"))?;
    let number = |field: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(field));
        line.and_then(|number| number.trim().parse().ok())
    };
    Some((number("Tgid:")?, number("PPid:")?))
}

/// Whether it is process 1 of a PID namespace below ours.
pub(super) fn is_first_of_namespace(pid: Tid) -> bool {
    let status = text(&format!("/proc/{pid}/status")).unwrap_or_default();
    let numbers = status.lines().find_map(|line| line.strip_prefix("NSpid:"));
    let numbers = numbers.unwrap_or_default().split_ascii_whitespace();
    numbers.skip(1).last() == Some("1")
}

/// How a zombie ended, as `wait(2)` will say it.
pub(super) fn exit_code(pid: Tid) -> Option<i32> {
    let fields = fields(pid)?;
    // It is field 52, and the state, the first here, is field 3.
    fields.split_ascii_whitespace().nth(49)?.parse().ok()
}

/// The line of `/proc/PID/stat` behind the name, which may hold anything.
fn fields(pid: Tid) -> Option<String> {
    let stat = text(&format!("/proc/{pid}/stat"))?;
    let (_, fields) = stat.rsplit_once(')')?;
    Some(fields.to_owned())
}

/// Its process group.
pub(super) fn group(pid: Tid) -> Option<Tid> {
    fields(pid)?.split_ascii_whitespace().nth(2)?.parse().ok()
}

/// The process that a descriptor of another is the pidfd of.
pub(super) fn of_pidfd(pid: Tid, fd: i32) -> Option<Tid> {
    let info = text(&format!("/proc/{pid}/fdinfo/{fd}"))?;
    let number = info.lines().find_map(|line| line.strip_prefix("Pid:"))?;
    number.trim().parse().ok().filter(|pid| *pid > 0)
}

/// What it does about a signal.
pub(super) fn action(tid: Tid, signal: i32) -> SignalAction {
    let status = text(&format!("/proc/{tid}/status")).unwrap_or_default();
    let holds = |set: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(set));
        let set = line.and_then(|set| u64::from_str_radix(set.trim(), 16).ok());
        set.is_some_and(|set| set & (1 << (signal - 1)) != 0)
    };
    match () {
        () if holds("SigIgn:") => SignalAction::Ignored,
        () if holds("SigCgt:") => SignalAction::Handled,
        () => SignalAction::Default,
    }
}

pub(super) fn threads(pid: Tid) -> Vec<Tid> {
    let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else {
        return Vec::new();
    };
    let number = |entry: fs::DirEntry| entry.file_name().to_str()?.parse().ok();
    threads.flatten().filter_map(number).collect()
}

/// Those that a process has started and that have it as their parent.
pub(super) fn children(pid: Tid) -> Vec<Tid> {
    let mut children = Vec::new();
    for tid in threads(pid) {
        let of_thread = fs::read_to_string(format!("/proc/{pid}/task/{tid}/children"));
        let of_thread = of_thread.unwrap_or_default();
        children.extend(
            of_thread
                .split_ascii_whitespace()
                .filter_map(|it| it.parse::<Tid>().ok()),
        );
    }
    children
}

/// The system call that a thread sleeps in, or is stopped in, and its arguments.
pub(super) fn call(tid: Tid) -> Option<(i64, [u64; 6])> {
    let line = text(&format!("/proc/{tid}/syscall"))?;
    let mut words = line.split_ascii_whitespace();
    let number = words.next()?.parse().ok()?;
    let mut arguments = [0; 6];
    for argument in &mut arguments {
        *argument = u64::from_str_radix(words.next()?.strip_prefix("0x")?, 16).ok()?;
    }
    Some((number, arguments))
}

/// The file of the program that a process runs; none if it has ended, or must not be
/// known.
pub(super) fn program(pid: Tid) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{pid}/exe")).ok()
}
