//! A run as far as it has been told: its processes, pipes and columns.

use crate::channels::{Abandoned, Channels, Role, Tie, ends};
use crate::columns::Columns;
use crate::process::Process;
use crate::row::{Column, End};
use crate::what::LetGo;
use crate::words;
use recording::traced::{Descriptor, Pid, Waker};
use std::collections::{BTreeSet, HashMap};

#[derive(Debug, Default)]
pub struct Run {
    pub processes: HashMap<Pid, Process>,
    pub channels: Channels,
    pub columns: Columns,
    /// Columns that may look different from what rows have told.
    pub dirty: BTreeSet<Column>,
    /// Those who are part of the deadlock that was seen.
    pub stuck: Vec<Pid>,
    /// How many are neither gone nor the root.
    pub others: usize,
    /// How many of the root's own children are not gone.
    pub children: usize,
}

impl Run {
    pub fn get(&self, pid: Pid) -> Option<&Process> {
        self.processes.get(&pid)
    }

    /// To change it.
    pub fn touch(&mut self, pid: Pid) -> Option<&mut Process> {
        let process = self.processes.get_mut(&pid)?;
        self.dirty.insert(process.column);
        Some(process)
    }

    /// Counts a process in its column as it lives now.
    pub fn relive(&mut self, pid: Pid) {
        let Some(process) = self.processes.get_mut(&pid) else {
            return;
        };
        self.dirty.insert(process.column);
        let (before, now) = (process.counted, process.life());
        process.counted = now;
        self.columns.relive(process.column, pid, before, now);
    }

    pub fn name(&self, pid: Pid) -> String {
        self.get(pid).map_or("somebody outside".to_owned(), |it| {
            self.columns.name(it.column).to_owned()
        })
    }

    /// Each column once, in the order of the table; nobody who is gone.
    pub fn names(&self, pids: impl IntoIterator<Item = Pid>) -> Vec<String> {
        let columns: BTreeSet<_> = pids
            .into_iter()
            .filter_map(|pid| self.get(pid).filter(|it| !it.is_gone))
            .map(|it| it.column)
            .collect();
        let name = |column: Column| {
            let count = self.columns.count(column);
            words::times(count, self.columns.name(column))
        };
        columns.into_iter().map(name).collect()
    }

    /// It was told, or seen, to have moved: what was seen of it holds no longer.
    pub fn moved(&mut self, pid: Pid) {
        let Some(process) = self.processes.get_mut(&pid) else {
            return;
        };
        let Some(asleep) = process.asleep.take() else {
            return;
        };
        process.says = None;
        let was_stuck = process.is_stuck;
        for waker in asleep.threads.iter().flat_map(|it| &it.on) {
            if let Waker::Room { pipe } = waker {
                let channel = self.channels.touch(Tie::Pipe(*pipe));
                channel.full = false;
            }
        }
        self.relive(pid);
        if was_stuck {
            for pid in std::mem::take(&mut self.stuck) {
                if let Some(process) = self.touch(pid) {
                    process.is_stuck = false;
                }
            }
        }
    }

    /// It has other descriptors now. What it abandoned is told.
    pub fn exchange(&mut self, pid: Pid, descriptors: Vec<Descriptor>) -> Vec<Abandoned> {
        let name = self.name(pid);
        let Some(process) = self.touch(pid) else {
            return Vec::new();
        };
        let before = std::mem::replace(&mut process.descriptors, descriptors);
        let after = &self.processes[&pid].descriptors;
        self.channels.exchange((pid, &name), &before, after)
    }

    /// What abandoned ends mean, in words. Whoever slept at the other end wakes.
    pub fn let_go(&mut self, abandoned: &[Abandoned]) -> Vec<LetGo> {
        let mut all = Vec::new();
        for &Abandoned { tie, end } in abandoned {
            let sleepers = self.asleep_on(tie, end);
            all.push(LetGo {
                tie,
                is_kept: false,
                pipe: self.channels.name(tie),
                writers: end == End::Write,
                wakes: self.names(sleepers.iter().copied()),
            });
            for pid in sleepers {
                self.moved(pid);
            }
        }
        all
    }

    /// Who was seen asleep at the other end.
    fn asleep_on(&self, tie: Tie, end: End) -> Vec<Pid> {
        let Some(channel) = self.channels.get(tie) else {
            return Vec::new();
        };
        let (other, is_on): (_, fn(&Waker, Tie) -> bool) = match end {
            End::Write => (
                End::Read,
                |it, tie| matches!(it, Waker::Bytes { pipe } if Tie::Pipe(*pipe) == tie),
            ),
            End::Read => (
                End::Write,
                |it, tie| matches!(it, Waker::Room { pipe } if Tie::Pipe(*pipe) == tie),
            ),
        };
        let sleeps = |pid: &Pid| {
            let asleep = self.get(*pid).and_then(|it| it.asleep.as_ref());
            asleep.is_some_and(|it| {
                let mut on = it.threads.iter().flat_map(|it| &it.on);
                on.any(|it| is_on(it, tie))
            })
        };
        channel.holders(other).filter(sleeps).collect()
    }

    /// From now on a pipe is drawn, and those who hold it show it.
    pub fn show(&mut self, tie: Tie) {
        if self.channels.get(tie).is_none_or(|it| it.shown) {
            return;
        }
        let channel = self.channels.touch(tie);
        channel.shown = true;
        let readers: Vec<_> = channel.holders(End::Read).collect();
        let holders: Vec<_> = readers
            .into_iter()
            .chain(channel.holders(End::Write))
            .collect();
        for pid in holders {
            self.touch(pid);
        }
    }

    /// A program has these descriptors from its start: its pipes are drawn, and
    /// those at 0, 1 and 2 get their names from it.
    pub fn inherited(&mut self, pid: Pid) {
        let Some(process) = self.get(pid) else {
            return;
        };
        let column = process.column;
        let one_of_many = self.columns.is_shared(column) && self.columns.count(column) > 1;
        let name = self.columns.name(column).to_owned();
        let all: Vec<_> = process
            .descriptors
            .iter()
            .filter_map(|it| Some((it.fd, ends(it)?.0)))
            .collect();
        for &(fd, tie) in &all {
            // Each of many may have pipes of its own; those of the first are enough.
            let is_known = self.channels.get(tie).is_some_and(|it| it.shown);
            if tie.is_stream() || one_of_many && !is_known {
                continue;
            }
            self.show(tie);
            let is_both = [1, 2].iter().all(|it| all.contains(&(*it, tie)));
            let stream = match fd {
                0 => "stdin",
                1 | 2 if is_both => "output",
                1 => "stdout",
                2 => "stderr",
                _ => continue,
            };
            let name = name.clone();
            let role = Role {
                pid,
                column,
                name,
                stream,
            };
            let channel = self.channels.touch(tie);
            if fd == 0 {
                channel.reader.get_or_insert(role);
            } else {
                channel.writer.get_or_insert(role);
            }
        }
    }
}
