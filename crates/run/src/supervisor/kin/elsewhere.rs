//! Without a subreaper: the program's process group, as far as `ps` knows it.

use super::{Process, Taken};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use std::process::Command;

/// Whether nothing is left of the program's group.
pub(in super::super) fn gone(childless: bool, group: Pid) -> bool {
    childless && test_kill_process_group(group).is_err()
}

/// Every living member of the program's group. While the program runs, `ps` may
/// be waited for by the thread that waits for the program; then none is found,
/// which matters little: only after the program's end are they told of.
pub(in super::super) fn living(group: Pid) -> anyhow::Result<Vec<Process>> {
    let listed = Command::new("ps")
        .args(["-A", "-o", "pid=,pgid=,stat=,comm="])
        .output();
    let listed = listed.map(|listed| listed.stdout).unwrap_or_default();
    let listed = String::from_utf8_lossy(&listed);
    let members = listed.lines().filter_map(member);
    Ok(members.filter(|member| member.group == group).collect())
}

/// Nobody tells without `ps`, and to start that again and again while the
/// program runs costs more than it is worth.
pub(in super::super) fn taken(_: Pid) -> anyhow::Result<Taken> {
    Ok(Taken::default())
}

/// Kills the whole group.
pub(in super::super) fn end(_: &[Process], group: Pid) {
    let _ = kill_process_group(group, Signal::KILL);
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
