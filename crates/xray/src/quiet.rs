//! How the run looked when nothing happened.

use crate::channels::Tie;
use crate::row::{Arrow, ArrowKind, Column, Life, Row, RowKind};
use crate::waits::{Wait, chain, wait};
use crate::what::{Clause, Quiet, What};
use crate::words::times;
use crate::xray::{XRay, rounded};
use recording::traced::{Asleep, Deadlock, Pid, Seen, Waker};
use std::collections::{BTreeMap, BTreeSet};

/// A sentence with more parts is not read.
const MOST_CLAUSES: usize = 6;

impl XRay {
    pub(crate) fn seen(&mut self, t: f64, seen: &Seen) {
        if self.root.is_none() {
            return;
        }
        self.seen_at = t;
        self.fills(seen);
        self.sleep(seen);
        let waits = self.waits(&seen.asleep);
        self.say(&waits);
        self.stick(seen.deadlock.as_ref());
        let clauses = self.clauses(&waits, seen.deadlock.as_ref());
        let is_told = seen.deadlock.is_some() || self.is_told(&waits);
        if clauses.is_empty() || !is_told {
            return;
        }
        let deadlock = seen.deadlock.as_ref().map(|it| self.who_ends(it));
        self.tell_quiet(
            t,
            &waits,
            Quiet {
                idle: None,
                clauses,
                deadlock,
            },
            seen.deadlock.as_ref(),
        );
    }

    /// Whether a look is worth a row: not, as long as the program itself runs; nor
    /// for how long an exec takes.
    fn is_told(&self, waits: &[(Pid, Wait)]) -> bool {
        let root = self.root.and_then(|it| self.run.get(it));
        if root.is_some_and(|it| it.life() == Life::Runs) {
            return false;
        }
        let tells = |(pid, wait): &(Pid, Wait)| {
            wait.for_others || self.root == Some(*pid) && wait.says != "waits" && !wait.for_exec
        };
        waits.iter().any(tells)
    }

    fn fills(&mut self, seen: &Seen) {
        for fill in &seen.pipes {
            let now = (fill.bytes > 0).then_some((fill.bytes, fill.capacity));
            let tie = Tie::Pipe(fill.pipe);
            let is_same = |it: &crate::channels::Channel| it.bytes == now && it.full == fill.full;
            if self.run.channels.get(tie).is_some_and(|it| !is_same(it)) {
                let channel = self.run.channels.touch(tie);
                (channel.bytes, channel.full) = (now, fill.full);
            }
        }
    }

    /// Those who were seen asleep are; those who were not have moved.
    fn sleep(&mut self, seen: &Seen) {
        let asleep: BTreeSet<_> = seen.asleep.iter().map(|it| it.pid).collect();
        for pid in std::mem::take(&mut self.sleepers) {
            if !asleep.contains(&pid) {
                self.run.moved(pid);
            }
        }
        for it in &seen.asleep {
            let Some(process) = self.run.touch(it.pid).filter(|it| it.is_alive()) else {
                continue;
            };
            process.asleep = Some(it.clone());
            self.run.relive(it.pid);
            self.sleepers.push(it.pid);
            for waker in it.threads.iter().flat_map(|it| &it.on) {
                if let Waker::Bytes { pipe } | Waker::Room { pipe } = waker {
                    self.show_pipe(it.pid, Tie::Pipe(*pipe));
                }
            }
        }
    }

    /// A pipe on which somebody sleeps is drawn, unless it is one of many alike.
    fn show_pipe(&mut self, pid: Pid, tie: Tie) {
        let column = self.run.get(pid).map(|it| it.column);
        if column.is_some_and(|it| self.run.columns.is_most_alive(it, pid)) {
            self.run.show(tie);
        }
    }

    /// What each waits for, in the order of their columns.
    fn waits(&self, asleep: &[Asleep]) -> Vec<(Pid, Wait)> {
        let mut waits = BTreeMap::new();
        for it in asleep {
            if let Some(process) = self.run.get(it.pid).filter(|it| it.is_alive()) {
                waits.insert((process.column, it.pid), wait(&self.run, process, it));
            }
        }
        waits
            .into_iter()
            .map(|((_, pid), wait)| (pid, wait))
            .collect()
    }

    fn say(&mut self, waits: &[(Pid, Wait)]) {
        for (pid, wait) in waits {
            if let Some(process) = self.run.touch(*pid) {
                process.says = Some(wait.says.clone());
            }
        }
    }

    fn stick(&mut self, deadlock: Option<&Deadlock>) {
        for pid in std::mem::take(&mut self.run.stuck) {
            if let Some(process) = self.run.touch(pid) {
                process.is_stuck = false;
            }
        }
        for &pid in deadlock.into_iter().flat_map(|it| &it.stuck) {
            if let Some(process) = self.run.touch(pid) {
                process.is_stuck = true;
                self.run.stuck.push(pid);
            }
        }
    }

    /// Who waits for what, each column once; and who is a zombie meanwhile.
    fn clauses(&self, waits: &[(Pid, Wait)], deadlock: Option<&Deadlock>) -> Vec<Clause> {
        if let Some(deadlock) = deadlock {
            let is_stuck = |it: &&(Pid, Wait)| deadlock.stuck.contains(&it.0);
            let stuck: Vec<_> = waits.iter().filter(is_stuck).cloned().collect();
            let sentences = chain(&self.run, &stuck).into_iter();
            return sentences.map(Clause::from).collect();
        }
        // Those of one column that wait for the same, once.
        let mut alike: Vec<(Column, &Wait, usize)> = Vec::new();
        for (pid, wait) in waits {
            let Some(column) = self.run.get(*pid).map(|it| it.column) else {
                continue;
            };
            let is_same = |it: &&mut (Column, &Wait, usize)| it.0 == column && it.1.is_like(wait);
            match alike.iter_mut().find(is_same) {
                Some((.., count)) => *count += 1,
                None => alike.push((column, wait, 1)),
            }
        }
        // Whoever waits for others is told of first; which of two siblings was started
        // first is told by nothing else.
        alike.sort_by_key(|(column, wait, _)| {
            (!wait.for_others, *column, wait.limit_ms.map(f64::to_bits))
        });
        let said = alike.iter().map(|(column, wait, count)| Clause {
            text: format!("{} {}", self.subject(*column, *count), wait.told),
            limit_ms: wait.limit_ms,
            is_sleep: wait.is_sleep,
        });
        let zombies = self.zombie_clauses().into_iter().map(Clause::from);
        let mut clauses: Vec<_> = said.chain(zombies).collect();
        if clauses.len() > MOST_CLAUSES {
            let more = clauses.len() + 1 - MOST_CLAUSES;
            clauses.truncate(MOST_CLAUSES - 1);
            clauses.push(Clause::from(format!("{more} more are asleep or zombies")));
        }
        clauses
    }

    /// So many of those who live in a column.
    fn subject(&self, column: Column, count: usize) -> String {
        let name = self.run.columns.name(column);
        let lives = self.run.columns.alive(column).iter();
        let alive = lives.filter(|(life, _)| **life != Life::Zombie);
        match (count, alive.map(|it| it.1).sum::<usize>()) {
            (_, ..=1) => name.to_owned(),
            (count, all) if count >= all => format!("each {name}"),
            (1, _) => format!("one {name}"),
            (count, _) => format!("each of {}", times(count, name)),
        }
    }

    fn zombie_clauses(&self) -> Vec<String> {
        let columns = self.run.columns.order().iter();
        let said = columns.filter_map(|&column| {
            let count = *self.run.columns.alive(column).get(&Life::Zombie)?;
            let who = times(count, self.run.columns.name(column));
            let is = if count > 1 {
                "are zombies"
            } else {
                "is a zombie"
            };
            Some(format!("{who} {is}"))
        });
        said.collect()
    }

    fn who_ends(&self, deadlock: &Deadlock) -> Vec<(String, f64)> {
        let limits = deadlock.limits.iter();
        limits.map(|it| (self.run.name(it.pid), it.ms)).collect()
    }

    fn tell_quiet(
        &mut self,
        t: f64,
        waits: &[(Pid, Wait)],
        quiet: Quiet,
        deadlock: Option<&Deadlock>,
    ) {
        let kind = match deadlock {
            Some(_) => RowKind::Deadlock,
            None => RowKind::Seen,
        };
        let arrows = self.arrows(waits, deadlock);
        if let Some(n) = self.quiet {
            let same = self
                .table
                .row(n)
                .is_some_and(|row| row.arrows == arrows && row.kind == kind);
            // A deadlock is claimed at the second look that sees it.
            let is_deadlock_now = kind == RowKind::Deadlock
                && self.table.row(n).is_some_and(|row| {
                    row.kind == RowKind::Seen && are_same_but_for_kind(&row.arrows, &arrows)
                });
            if same || is_deadlock_now {
                self.table.amend(n, |row, what| {
                    row.idle = Some(rounded(t - row.t));
                    // Whoever fell asleep later than the others is told of too.
                    let tells_more = matches!(what,
                        What::Quiet(before) if before.clauses.len() < quiet.clauses.len());
                    if is_deadlock_now || tells_more {
                        (row.kind, *what) = (kind, What::Quiet(quiet));
                        row.arrows = arrows;
                    }
                });
                self.table.tell_all(&mut self.run, n);
                return;
            }
            self.lasted(n, t);
            self.moved = t;
        }
        let stuck: &[Pid] = deadlock.map_or(&[], |it| &it.stuck);
        let mut row = Row {
            idle: Some(rounded(t - self.moved)),
            arrows,
            ..Row::new(self.moved, kind)
        };
        for (pid, wait) in waits {
            if stuck.is_empty() || stuck.contains(pid) {
                let lines = wait.line.into_iter().chain(wait.also.iter().copied());
                for line in lines {
                    if row.line.is_none() {
                        row.line = Some(line);
                        row.at = self.run.get(*pid).map(|it| it.column);
                    } else if row.line != Some(line) && !row.also.contains(&line) {
                        row.also.push(line);
                    }
                }
            }
        }
        let folding = self.folding.clone();
        self.quiet = self.push(row, What::Quiet(quiet));
        self.paused = folding;
    }

    fn arrows(&self, waits: &[(Pid, Wait)], deadlock: Option<&Deadlock>) -> Vec<Arrow> {
        let is_stuck = |pid: Pid| deadlock.is_some_and(|it| it.stuck.contains(&pid));
        let mut arrows = BTreeSet::new();
        for (pid, wait) in waits {
            for &waker in &wait.wakers {
                let kind = if is_stuck(*pid) && is_stuck(waker) {
                    ArrowKind::Stuck
                } else {
                    ArrowKind::Wait
                };
                if *pid == waker && kind == ArrowKind::Wait {
                    continue;
                }
                if let (Some(from), Some(to)) = (self.run.get(*pid), self.run.get(waker)) {
                    let (from, to) = (from.column, to.column);
                    arrows.insert(Arrow { kind, from, to });
                }
            }
        }
        arrows.into_iter().collect()
    }
}

fn are_same_but_for_kind(one: &[Arrow], other: &[Arrow]) -> bool {
    let ends = |arrows: &[Arrow]| -> BTreeSet<(Column, Column)> {
        arrows.iter().map(|it| (it.from, it.to)).collect()
    };
    ends(one) == ends(other)
}
