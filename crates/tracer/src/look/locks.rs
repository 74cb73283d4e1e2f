//! Locks on files: who waits for which, and what holds it.

use recording::traced::Pid;
use std::fs;

/// A lock on a file, as a line of `/proc/locks` and of `/proc/PID/fdinfo/FD` has
/// it (`proc_locks(5)`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLock {
    /// `FLOCK`, `POSIX` or `OFDLCK`.
    kind: String,
    /// Who took it; none of a lock that belongs to an open file (`OFDLCK`).
    pub owner: Option<Pid>,
    /// Device and inode.
    file: String,
    /// From which byte to which.
    range: (String, String),
}

impl FileLock {
    /// `FLOCK  ADVISORY  WRITE 456 00:2f:12345 0 EOF`
    pub(super) fn parse(line: &str) -> Option<FileLock> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [kind, _, _, owner, file, from, to] = words[..] else {
            return None;
        };
        Some(FileLock {
            kind: kind.to_owned(),
            owner: owner.parse().ok().filter(|pid| *pid > 0),
            file: file.to_owned(),
            range: (from.to_owned(), to.to_owned()),
        })
    }

    /// Whether it is one that its process alone holds, not whoever has the open
    /// file (`fcntl(2)`, "record locks").
    pub fn is_of_a_process(&self) -> bool {
        self.kind == "POSIX"
    }
}

/// The locks that stand in the way of this process.
pub(super) fn blocking(pid: Pid) -> Vec<FileLock> {
    let locks = fs::read_to_string("/proc/locks").unwrap_or_default();
    blocking_in(&locks, pid)
}

/// A lock's number stands first, and those who wait for it follow it under the
/// same number, behind an arrow.
fn blocking_in(locks: &str, pid: Pid) -> Vec<FileLock> {
    let numbered = || locks.lines().filter_map(|line| line.split_once(": "));
    let waits = |rest: &str| {
        let wanted = rest.trim_start().strip_prefix("-> ")?;
        FileLock::parse(wanted)?.owner
    };
    let mut found = Vec::new();
    for (number, _) in numbered().filter(|(_, rest)| waits(rest) == Some(pid)) {
        let holder = numbered().find(|(it, rest)| *it == number && !rest.contains("->"));
        found.extend(holder.and_then(|(_, rest)| FileLock::parse(rest)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCKS: &str = "\
1: POSIX  ADVISORY  WRITE 20 fe:00:77 0 EOF
2: FLOCK  ADVISORY  WRITE 11 fe:00:99 0 EOF
2: -> FLOCK  ADVISORY  WRITE 12 fe:00:99 0 EOF
2:  -> FLOCK  ADVISORY  WRITE 13 fe:00:99 0 EOF
";

    #[test]
    fn who_waits_stands_under_what_it_waits_for() {
        for waiting in [12, 13] {
            let found = blocking_in(LOCKS, waiting);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].owner, Some(11));
            assert!(!found[0].is_of_a_process());
        }
        assert_eq!(blocking_in(LOCKS, 20), []);
    }
}
