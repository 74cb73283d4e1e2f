//! A process: its threads, its descriptors, and who its parent is.

use super::calls::{At, Sleep, Sleeper};
use super::descriptors::{Fd, descriptors};
use super::status::{Status, status};
use recording::traced::Pid;
use std::fs;

/// What was seen of a process.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    pub parent: Pid,
    /// Its number in our PID namespace, and in each below, down to its own.
    pub numbers: Vec<Pid>,
    /// The same of its process group.
    pub groups: Vec<Pid>,
    pub state: State,
    /// Those that live.
    pub threads: Vec<Thread>,
    /// None if they are not ours to look at.
    pub fds: Option<Vec<Fd>>,
    /// The signals for which it has a function, signal 1 in bit 0.
    pub handled: u64,
    /// It has a timer of `timer_create(2)`.
    pub has_timer: bool,
    /// Where its stack begins: the same as its parent's until it execs. None if it
    /// is not ours to know.
    pub stack: Option<u64>,
    pub is_python: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A thread of it runs, or may run at once.
    Runs,
    /// All its threads sleep.
    Asleep,
    /// A signal, or a tracer, has stopped it.
    Stopped,
    /// It has ended, and nobody has waited for it.
    Zombie,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    pub tid: Pid,
    /// How often it has left a processor: if this stands, it has not moved.
    pub switches: u64,
    /// None if it runs.
    pub sleep: Option<Sleep>,
    /// Where it sleeps.
    pub at: Option<At>,
}

impl Process {
    /// None if it has gone. Of one that has slept since it was looked at `before`,
    /// all but the state is as it was.
    pub fn look(pid: Pid, before: Option<&Process>) -> Option<Process> {
        let statuses = statuses(pid)?;
        // The first thread may end before the others, and has nothing then.
        let living = statuses.iter().find(|(_, status)| !is_dead(status));
        let (tid, first) = living.or(statuses.first())?;
        let tid = *tid;
        if let Some(before) = before.filter(|before| slept_on(before, &statuses)) {
            return Some(Process {
                parent: first.parent,
                ..before.clone()
            });
        }
        let fds = descriptors(tid);
        let threads = statuses
            .iter()
            .filter(|(_, status)| !is_dead(status))
            .map(|(tid, status)| {
                let sleeper = Sleeper {
                    pid,
                    tid: *tid,
                    status,
                    threads: &statuses,
                    fds: fds.as_deref().unwrap_or_default(),
                };
                let sleep = is_asleep(status).then(|| sleeper.sleep()).flatten();
                let (sleep, at) = sleep.unzip();
                Thread {
                    tid: *tid,
                    switches: status.switches,
                    sleep,
                    at: at.flatten(),
                }
            })
            .collect::<Vec<_>>();
        Some(Process {
            parent: first.parent,
            numbers: statuses[0].1.numbers.clone(),
            groups: first.groups.clone(),
            state: state(&statuses, &threads),
            threads,
            fds,
            handled: first.handled,
            has_timer: fs::read(format!("/proc/{tid}/timers")).is_ok_and(|it| !it.is_empty()),
            stack: stack(tid),
            is_python: is_python(tid),
        })
    }

    /// Whether it slept from one look to the other.
    pub fn stood_still_since(&self, before: &Process) -> bool {
        let switches = |it: &Process| -> Vec<(Pid, u64)> {
            let threads = it.threads.iter();
            threads.map(|it| (it.tid, it.switches)).collect()
        };
        self.state == State::Asleep
            && before.state == State::Asleep
            && switches(self) == switches(before)
    }

    pub fn fds(&self) -> &[Fd] {
        self.fds.as_deref().unwrap_or_default()
    }
}

/// Of each thread, the first one first.
fn statuses(pid: Pid) -> Option<Vec<(Pid, Status)>> {
    let listed = fs::read_dir(format!("/proc/{pid}/task")).ok()?;
    let tids = listed.flatten().filter_map(|entry| {
        let name = entry.file_name();
        name.to_str()?.parse::<Pid>().ok()
    });
    let mut tids: Vec<Pid> = tids.collect();
    tids.sort_by_key(|tid| (*tid != pid, *tid));
    let statuses = tids
        .iter()
        .filter_map(|tid| Some((*tid, status(pid, *tid)?)));
    Some(statuses.collect())
}

fn slept_on(before: &Process, statuses: &[(Pid, Status)]) -> bool {
    let living = statuses.iter().filter(|(_, status)| !is_dead(status));
    let now = living.map(|(tid, status)| (*tid, status.switches));
    let then = before.threads.iter().map(|it| (it.tid, it.switches));
    before.state == State::Asleep
        && statuses
            .iter()
            .all(|(_, status)| is_dead(status) || is_asleep(status))
        && now.eq(then)
}

fn is_asleep(status: &Status) -> bool {
    matches!(status.state, 'S' | 'D')
}

fn is_dead(status: &Status) -> bool {
    matches!(status.state, 'Z' | 'X')
}

fn state(statuses: &[(Pid, Status)], threads: &[Thread]) -> State {
    if threads.is_empty() {
        return State::Zombie;
    }
    if statuses
        .iter()
        .any(|(_, status)| matches!(status.state, 'T' | 't'))
    {
        return State::Stopped;
    }
    match threads.iter().all(|thread| thread.sleep.is_some()) {
        true => State::Asleep,
        false => State::Runs,
    }
}

/// Field 28 of `proc_pid_stat(5)`, which is counted from behind the name.
fn stack(pid: Pid) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    let start = rest.split_whitespace().nth(25)?.parse().ok()?;
    (start != 0).then_some(start)
}

fn is_python(pid: Pid) -> bool {
    let program = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
    let name = program.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with("python")
}

/// What it was started as; none if it has gone, or is a zombie.
pub fn argv(pid: Pid) -> Option<Vec<String>> {
    let line = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    let line = line.strip_suffix(b"\0").unwrap_or(&line);
    let words = line.split(|byte| *byte == 0);
    let argv: Vec<String> = words
        .map(|it| String::from_utf8_lossy(it).into_owned())
        .collect();
    (!line.is_empty()).then_some(argv)
}
