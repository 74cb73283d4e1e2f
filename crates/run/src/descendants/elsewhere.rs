//! Other systems have no subreaper: the program's process group is found, as far
//! as `ps` knows it.

use super::process::{Process, Usage};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use std::process::Command;

/// The members of the program's process group, if that is known.
#[derive(Clone, Copy)]
pub(crate) struct Descendants {
    group: Option<Pid>,
}

impl Descendants {
    /// Those of the run of a supervisor whose program's group this is.
    pub(crate) fn of(_: Pid, group: Option<Pid>) -> Descendants {
        Descendants { group }
    }

    /// Whether nothing is left of the program's group.
    pub(crate) fn none_left(&self, childless: bool) -> bool {
        let group = self.group.map(test_kill_process_group);
        childless && !group.is_some_and(|found| found.is_ok())
    }

    /// Every living member of the program's group. While the program runs, the
    /// thread that waits for the program may also reap `ps`; then no member is
    /// found, which matters little: members are told of only after the program's
    /// end.
    pub(crate) fn living(&self) -> anyhow::Result<Vec<Process>> {
        let listed = Command::new("ps")
            .args(["-A", "-o", "pid=,pgid=,stat=,comm="])
            .output();
        let listed = listed.map(|listed| listed.stdout).unwrap_or_default();
        let listed = String::from_utf8_lossy(&listed);
        let members = listed.lines().filter_map(member);
        Ok(members
            .filter(|member| Some(member.group) == self.group)
            .collect())
    }

    /// Nothing: only `ps` tells, and to start it again and again while the program
    /// runs costs more than it is worth.
    pub(crate) fn usage(&self) -> anyhow::Result<Usage> {
        Ok(Usage::default())
    }

    /// Kills the whole group.
    pub(crate) fn kill(&self, _: &[Process]) {
        if let Some(group) = self.group {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

fn member(line: &str) -> Option<Process> {
    let mut fields = line.split_ascii_whitespace();
    let mut number = || Pid::from_raw(fields.next()?.parse().ok()?);
    let (pid, group) = (number()?, number()?);
    let dead = fields.next()?.starts_with('Z');
    let path = fields.collect::<Vec<_>>().join(" ");
    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
    let process = Process {
        pid,
        name,
        group,
        started: 0,
    };
    (!dead).then_some(process)
}
