//! What is known of each process of a run.

use super::ptrace::Tid;
use crate::tell::Moment;
use recording::Outcome;
use recording::traced::Descriptor;
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::time::Instant;

pub(crate) struct Process {
    /// Who has to wait for it: a process of the run, or another.
    pub(super) parent: Tid,
    pub(super) argv: Vec<String>,
    /// The file of the program that it was told to run, if it was.
    pub(super) program: Option<PathBuf>,
    /// Its descriptors, as they were told last, and copies that it has made since.
    pub(super) descriptors: Vec<Descriptor>,
    /// It has made a copy of an end that was not told yet.
    pub(super) has_untold_copy: bool,
    /// What a thread was told to let go of: the call may not have happened yet.
    pub(super) closing: HashMap<Tid, Vec<Descriptor>>,
    /// Threads whose call a signal has interrupted before it happened.
    pub(super) begin_anew: BTreeSet<Tid>,
    pub(super) threads: BTreeSet<Tid>,
    /// It has had more than one, in its present program.
    pub(super) had_threads: bool,
    /// Those of its threads that have begun to end.
    pub(super) exiting: BTreeSet<Tid>,
    pub(super) told_exiting: bool,
    /// The line from which a thread ends it.
    pub(super) ended_from: Option<u32>,
    /// It is stopped, and was let go.
    pub(super) loose: Option<Loose>,
    /// It was let go of as it began to end.
    pub(super) left: Option<Left>,
    pub(super) died: Option<Died>,
    /// The kernel collects it when it ends, or has collected it, since its parent does
    /// not want its zombie.
    pub(super) is_unwanted: bool,
    /// Those of its threads that were heard to wait for children, and of nothing else
    /// since.
    pub(super) waits: BTreeMap<Tid, Waiting>,
    /// It has said so, by `SA_NOCLDWAIT`.
    pub(super) wants_no_zombies: bool,
    /// The thread that is just about to say whether it does.
    pub(super) changes_its_mind: Option<Tid>,
    /// Its parent gets this signal when it ends, or none if it is 0 (`clone(2)`).
    pub(super) end_signal: i32,
    /// It has the orphans among its descendants (`PR_SET_CHILD_SUBREAPER`).
    pub(super) adopts: bool,
    /// Hangs up when somebody has waited for it. None if the system was out of
    /// descriptors.
    pub(super) pidfd: Option<OwnedFd>,
}

/// A process that is stopped, and not traced.
pub(super) struct Loose {
    pub(super) since: Instant,
    /// It takes a moment to look stopped.
    pub(super) looked_stopped: bool,
}

/// A process that ends, and is not traced any more: so its parent can wait for it as
/// soon as it is a zombie.
pub(super) struct Left {
    pub(super) outcome: Outcome,
    pub(super) when: Moment,
    /// It is not let go yet, since it is not known whether its parent does.
    pub(super) is_held: bool,
}

/// A process that has ended.
pub(super) struct Died {
    pub(super) at: Moment,
    pub(super) seen: Instant,
}

/// A thread that waits for children.
pub(super) struct Waiting {
    pub(super) since: Moment,
    pub(super) line: Option<u32>,
    /// None if it waits for any of several.
    pub(super) whom: Option<Tid>,
}

/// All of a run that were not reaped, and their threads.
#[derive(Default)]
pub(crate) struct Processes {
    pub(super) all: BTreeMap<Tid, Process>,
    threads: HashMap<Tid, Tid>,
}

impl Processes {
    /// Takes in a process of one thread.
    pub(super) fn add(&mut self, pid: Tid, parent: Tid) {
        let like = self.all.get(&parent);
        let process = Process {
            parent,
            argv: like.map(|it| it.argv.clone()).unwrap_or_default(),
            program: like.and_then(|it| it.program.clone()),
            descriptors: like.map(|it| it.descriptors.clone()).unwrap_or_default(),
            has_untold_copy: false,
            closing: HashMap::new(),
            begin_anew: BTreeSet::new(),
            threads: BTreeSet::from([pid]),
            had_threads: false,
            exiting: BTreeSet::new(),
            told_exiting: false,
            ended_from: None,
            loose: None,
            left: None,
            died: None,
            is_unwanted: false,
            waits: BTreeMap::new(),
            wants_no_zombies: like.is_some_and(|it| it.wants_no_zombies),
            changes_its_mind: None,
            end_signal: libc::SIGCHLD,
            adopts: false,
            pidfd: Pid::from_raw(pid).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok()),
        };
        self.all.insert(pid, process);
        self.threads.insert(pid, pid);
    }

    pub(super) fn add_thread(&mut self, tid: Tid, pid: Tid) {
        if let Some(process) = self.all.get_mut(&pid) {
            process.threads.insert(tid);
            process.had_threads |= tid != pid;
            self.threads.insert(tid, pid);
        }
    }

    /// Takes out a thread that has ended.
    pub(super) fn remove_thread(&mut self, tid: Tid) {
        let pid = self.threads.remove(&tid);
        if let Some(process) = pid.and_then(|pid| self.all.get_mut(&pid)) {
            process.threads.remove(&tid);
            process.exiting.remove(&tid);
        }
    }

    /// After an exec a process has one thread, under its own number, whichever
    /// thread it was.
    pub(super) fn keep_one_thread(&mut self, pid: Tid) {
        if let Some(process) = self.all.get_mut(&pid) {
            let others = std::mem::replace(&mut process.threads, BTreeSet::from([pid]));
            process.had_threads = false;
            process.exiting.clear();
            process.waits.clear();
            process.wants_no_zombies = false;
            process.changes_its_mind = None;
            self.threads.retain(|tid, _| !others.contains(tid));
            self.threads.insert(pid, pid);
        }
    }

    pub(super) fn remove(&mut self, pid: Tid) -> Option<Process> {
        let process = self.all.remove(&pid)?;
        self.threads.retain(|_, of| *of != pid);
        Some(process)
    }

    /// The process to which a thread belongs.
    pub(super) fn of(&self, tid: Tid) -> Option<Tid> {
        self.threads.get(&tid).copied()
    }

    pub(super) fn get(&self, pid: Tid) -> Option<&Process> {
        self.all.get(&pid)
    }

    pub(super) fn get_mut(&mut self, pid: Tid) -> Option<&mut Process> {
        self.all.get_mut(&pid)
    }

    /// The number for the owner, if it is of the run.
    pub(super) fn known(&self, pid: Tid) -> Option<recording::traced::Pid> {
        self.all.contains_key(&pid).then(|| pid.cast_unsigned())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Those that have not ended.
    pub(super) fn living(&self) -> impl Iterator<Item = Tid> {
        let living = self.all.iter().filter(|(_, it)| it.died.is_none());
        living.map(|(pid, _)| *pid)
    }

    pub(super) fn children(&self, pid: Tid) -> Vec<Tid> {
        let children = self.all.iter().filter(|(_, it)| it.parent == pid);
        children.map(|(child, _)| *child).collect()
    }
}
