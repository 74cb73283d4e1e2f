//! A process: its threads, its descriptors, and who its parent is.

use super::descriptors::{Fd, descriptors};
use super::file;
use super::shared::{SharedMemory, shared};
use super::sleep::{At, On, Sleep};
use super::sleeper::Sleeper;
use super::status::{Status, status};
use recording::traced::Pid;
use std::fs;
use std::sync::{Arc, OnceLock};

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
    /// Whether it is a Python; told only of one that has a function for INT, as each
    /// Python has.
    pub is_python: bool,
    /// Read when somebody sleeps on such memory.
    shared: OnceLock<Vec<SharedMemory>>,
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
    pub fn look(pid: Pid, before: Option<&Arc<Process>>) -> Option<Arc<Process>> {
        if let Some(asleep) = before.and_then(|before| slept_on(pid, before)) {
            return Some(asleep);
        }
        let statuses = statuses(pid)?;
        // The first thread may end before the others, and has nothing then.
        let living = statuses.iter().find(|(_, status)| !is_dead(status));
        let (tid, first) = living.or(statuses.first())?;
        let tid = *tid;
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
        Some(Arc::new(Process {
            parent: first.parent,
            numbers: statuses[0].1.numbers.clone(),
            groups: first.groups.clone(),
            state: state(&statuses, &threads),
            threads,
            fds,
            handled: first.handled,
            has_timer: file::text(&format!("/proc/{tid}/timers")).is_some_and(|it| !it.is_empty()),
            is_python: first.handled & INTERRUPT != 0 && is_python(tid),
            shared: OnceLock::new(),
        }))
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

    /// All that its threads sleep on.
    pub fn awaited(&self) -> impl Iterator<Item = &On> {
        let sleeps = self.threads.iter().filter_map(|it| it.sleep.as_ref());
        sleeps.flat_map(|it| &it.on)
    }

    /// The memory that it shares with other processes.
    pub fn shared(&self) -> &[SharedMemory] {
        let read = || self.threads.first().map(|it| shared(it.tid));
        self.shared.get_or_init(|| read().unwrap_or_default())
    }

    /// For tests of what is made of it: its threads sleep on these, and those of no
    /// sleep run.
    #[cfg(test)]
    pub(crate) fn made_up(parent: Pid, sleeps: Vec<Option<Sleep>>, fds: Vec<Fd>) -> Process {
        let thread = |(at, sleep)| Thread {
            tid: parent * 100 + at as Pid,
            switches: 0,
            sleep,
            at: None,
        };
        let threads: Vec<Thread> = sleeps.into_iter().enumerate().map(thread).collect();
        Process {
            parent,
            numbers: Vec::new(),
            groups: Vec::new(),
            state: match threads.iter().all(|it| it.sleep.is_some()) {
                true => State::Asleep,
                false => State::Runs,
            },
            threads,
            fds: Some(fds),
            handled: 0,
            has_timer: false,
            is_python: false,
            shared: OnceLock::new(),
        }
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

/// The same process, if each thread that it had sleeps as it did: then none has
/// started another, and but for its parent nothing of it has changed.
fn slept_on(pid: Pid, before: &Arc<Process>) -> Option<Arc<Process>> {
    let mut parent = before.parent;
    let sleeps_on = |thread: &Thread| {
        let now = status(pid, thread.tid)?;
        parent = now.parent;
        (is_asleep(&now) && now.switches == thread.switches).then_some(())
    };
    if before.state != State::Asleep {
        return None;
    }
    before.threads.iter().try_for_each(sleeps_on)?;
    if parent == before.parent {
        return Some(Arc::clone(before));
    }
    Some(Arc::new(Process {
        parent,
        ..Process::clone(before)
    }))
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

const INTERRUPT: u64 = 1 << (libc::SIGINT - 1);

fn is_python(pid: Pid) -> bool {
    let program = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
    let name = program.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with("python")
}

/// What it was started as; none if it has gone, or is a zombie.
pub fn argv(pid: Pid) -> Option<Vec<String>> {
    let line = file::text(&format!("/proc/{pid}/cmdline"))?;
    let line = line.strip_suffix('\0').unwrap_or(&line);
    let argv = line.split('\0').map(str::to_owned).collect();
    (!line.is_empty()).then_some(argv)
}
