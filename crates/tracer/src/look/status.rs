//! `/proc/PID/task/TID/status`: a thread's state, numbers and signals, in one read.

use super::file;
use recording::traced::Pid;

/// What is of use in it (`proc_pid_status(5)`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Status {
    /// As in `ps`: R, S, D, T, t, Z, X.
    pub(super) state: char,
    pub(super) parent: Pid,
    /// Its number in our PID namespace, and in each below, down to its own.
    pub(super) numbers: Vec<Pid>,
    /// The same of its process group.
    pub(super) groups: Vec<Pid>,
    /// The signals for which the program has a function, signal 1 in bit 0.
    pub(super) handled: u64,
    /// How often it has left a processor: if this stands, it has not moved.
    pub(super) switches: u64,
}

/// None if the thread has gone.
pub(super) fn status(pid: Pid, tid: Pid) -> Option<Status> {
    let text = file::text(&format!("/proc/{pid}/task/{tid}/status"))?;
    Some(parse(&text))
}

fn parse(text: &str) -> Status {
    let mut status = Status::default();
    // Most of its sixty lines are of no use here.
    let of_use = |line: &&str| {
        matches!(
            line.as_bytes().first(),
            Some(b'S' | b'P' | b'N' | b'v' | b'n')
        )
    };
    let lines = text.lines().filter(of_use);
    for (field, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match field {
            "State" => status.state = value.chars().next().unwrap_or('?'),
            "PPid" => status.parent = value.parse().unwrap_or(0),
            "NSpid" => status.numbers = numbers(value),
            "NSpgid" => status.groups = numbers(value),
            "SigCgt" => status.handled = u64::from_str_radix(value, 16).unwrap_or(0),
            "voluntary_ctxt_switches" | "nonvoluntary_ctxt_switches" => {
                status.switches += value.parse().unwrap_or(0);
            }
            _ => {}
        }
    }
    status
}

fn numbers(value: &str) -> Vec<Pid> {
    value.split_whitespace().flat_map(str::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read() {
        let text = "Name:\ta: b\nState:\tS (sleeping)\nPPid:\t7\nNSpid:\t40\t2\nNSpgid:\t9\t1\n\
                    SigCgt:\t0000000000010002\nvoluntary_ctxt_switches:\t5\n\
                    nonvoluntary_ctxt_switches:\t3\n";
        let expected = Status {
            state: 'S',
            parent: 7,
            numbers: vec![40, 2],
            groups: vec![9, 1],
            handled: 0x10002,
            switches: 8,
        };
        assert_eq!(parse(text), expected);
    }
}
