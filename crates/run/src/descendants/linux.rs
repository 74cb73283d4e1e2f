//! Linux: the supervisor is a subreaper, so all of its descendants are found.

use super::process::{Process, Usage};
use anyhow::Context;
use rustix::param::page_size;
use rustix::process::{
    Pid, PidfdFlags, Signal, getpgid, kill_process_group, pidfd_open, pidfd_send_signal,
};
use std::collections::{HashMap, HashSet};
use std::fs;

/// All processes below a supervisor.
#[derive(Clone, Copy)]
pub(crate) struct Descendants {
    supervisor: Pid,
}

impl Descendants {
    /// Those of the run of this supervisor; the program's group does not matter.
    pub(crate) fn of(supervisor: Pid, _: Option<Pid>) -> Descendants {
        Descendants { supervisor }
    }

    /// Whether nothing of the run is left: without a child, a subreaper has no
    /// descendant.
    pub(crate) fn none_left(&self, childless: bool) -> bool {
        childless
    }

    /// Every living descendant.
    ///
    /// # Errors
    /// `/proc` cannot be read.
    pub(crate) fn living(&self) -> anyhow::Result<Vec<Process>> {
        let all = all_processes().context("reading /proc")?;
        let mut children: HashMap<i32, Vec<Entry>> = HashMap::new();
        for entry in all {
            children.entry(entry.parent).or_default().push(entry);
        }
        let mut found = Vec::new();
        let mut parents = vec![self.supervisor.as_raw_pid()];
        while let Some(parent) = parents.pop() {
            for entry in children.remove(&parent).unwrap_or_default() {
                parents.push(entry.process.pid.as_raw_pid());
                if entry.lives {
                    found.push(entry.process);
                }
            }
        }
        Ok(found)
    }

    /// What all living descendants use.
    ///
    /// # Errors
    /// As [`Descendants::living`].
    pub(crate) fn usage(&self) -> anyhow::Result<Usage> {
        let living = self.living()?;
        let pages: u64 = living.iter().filter_map(resident).sum();
        Ok(Usage {
            processes: living.len() as u64,
            memory: pages * page_size() as u64,
        })
    }

    /// Kills these, and whatever their groups have started meanwhile.
    pub(crate) fn kill(&self, processes: &[Process]) {
        // A group is killed at one stroke: a process that forks and exits without
        // end cannot slip through. A group's number is not given away while it has
        // a member, and these had one a moment ago.
        let mut groups: HashSet<_> = processes.iter().map(|process| process.group).collect();
        // A descendant may have joined the supervisor's own group.
        if let Ok(own) = getpgid(Some(self.supervisor)) {
            groups.remove(&own);
        }
        for group in groups {
            let _ = kill_process_group(group, Signal::KILL);
        }
        for process in processes {
            // A descriptor stays with its process; a pid may be another's by now.
            let Ok(held) = pidfd_open(process.pid, PidfdFlags::empty()) else {
                continue;
            };
            let now = fs::read(stat(process.pid)).ok();
            let now = now.and_then(|stat| entry(process.pid, &stat));
            if now.is_some_and(|now| now.process.started == process.started) {
                let _ = pidfd_send_signal(held, Signal::KILL);
            }
        }
    }
}

/// How many pages of a process are in memory (`proc_pid_statm(5)`).
fn resident(process: &Process) -> Option<u64> {
    let statm = fs::read_to_string(format!("/proc/{}/statm", process.pid.as_raw_pid()));
    statm.ok()?.split(' ').nth(1)?.parse().ok()
}

struct Entry {
    process: Process,
    parent: i32,
    lives: bool,
}

fn all_processes() -> std::io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for folder in fs::read_dir("/proc")? {
        let name = folder?.file_name();
        let pid = name.to_str().and_then(|name| name.parse().ok());
        let Some(pid) = pid.and_then(Pid::from_raw) else {
            continue;
        };
        // A process that has gone since is left out.
        let stat = fs::read(stat(pid)).ok();
        entries.extend(stat.and_then(|stat| entry(pid, &stat)));
    }
    Ok(entries)
}

fn stat(pid: Pid) -> String {
    format!("/proc/{}/stat", pid.as_raw_pid())
}

/// A line of `/proc/PID/stat` (`proc_pid_stat(5)`). The name stands in
/// parentheses, and may hold parentheses itself.
fn entry(pid: Pid, stat: &[u8]) -> Option<Entry> {
    let opening = stat.iter().position(|&byte| byte == b'(')?;
    let closing = stat.iter().rposition(|&byte| byte == b')')?;
    let name = String::from_utf8_lossy(stat.get(opening + 1..closing)?).into_owned();
    let rest = std::str::from_utf8(stat.get(closing + 1..)?).ok()?;
    // The fields after the name: the first of them is field 3, the state.
    let fields: Vec<_> = rest.split_ascii_whitespace().collect();
    let field = |number: usize| fields.get(number - 3).copied();
    let dead = matches!(field(3)?, "Z" | "X");
    // A process whose first thread has ended shows as a zombie while others run.
    let threads: i64 = field(20)?.parse().ok()?;
    // The group of a process that the kernel is just forgetting is -1.
    let group = field(5)?.parse().ok().filter(|group| *group > 0)?;
    let process = Process {
        pid,
        name,
        group: Pid::from_raw(group)?,
        started: field(22)?.parse().ok()?,
    };
    Some(Entry {
        process,
        parent: field(4)?.parse().ok()?,
        lives: !dead || threads > 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_parentheses_and_blanks() {
        let line = b"7 (a) (b c) S 5 6 6 0 -1 1077936128 9 0 0 0 0 0 0 0 20 0 1 0 7654 1 2\n";
        let entry = entry(Pid::from_raw(7).unwrap(), line).unwrap();
        assert_eq!(entry.process.name, "a) (b c");
        assert_eq!(entry.process.group.as_raw_pid(), 6);
        assert_eq!(entry.process.started, 7654);
        assert_eq!(entry.parent, 5);
        assert!(entry.lives);
    }

    #[test]
    fn a_process_that_is_being_forgotten_is_none() {
        let line = b"7 (a) X 0 -1 -1 0 -1 4 0 0 0 0 0 0 0 0 20 0 0 0 7 0\n";
        assert!(entry(Pid::from_raw(7).unwrap(), line).is_none());
    }

    #[test]
    fn a_zombie_is_dead_unless_a_thread_of_it_runs() {
        let pid = Pid::from_raw(7).unwrap();
        let line = |threads| format!("7 (a) Z 5 6 6 0 -1 0 0 0 0 0 0 0 0 0 20 0 {threads} 0 7 0\n");
        assert!(!entry(pid, line(1).as_bytes()).unwrap().lives);
        assert!(entry(pid, line(2).as_bytes()).unwrap().lives);
    }
}
