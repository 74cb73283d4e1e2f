//! How a process ends, who collects it, and who goes on without it.

use crate::moment::Moment;
use crate::process::Process;
use crate::row::{ArrowKind, Column, Life, RowKind, arrow};
use crate::what::{Ended, LetGo, What};
use crate::words::times;
use crate::xray::{XRay, rounded};
use recording::Outcome;
use recording::traced::Pid;

/// A zombie that was collected sooner is told of in the row of its end.
pub(crate) const SHORT_MS: f64 = 20.0;

const SIGPIPE: Outcome = Outcome::Signal(13);

impl XRay {
    pub(crate) fn ended(&mut self, Moment { t, pid, line }: Moment, outcome: Outcome) {
        if self.run.get(pid).is_none_or(|it| !it.is_alive()) {
            return;
        }
        self.run.moved(pid);
        self.ran_nothing(Moment { t, pid, line });
        let who = self.run.name(pid);
        if let Some(process) = self.run.touch(pid) {
            process.outcome = Some(outcome);
            process.is_stopped = false;
            process.ended_at = t;
        }
        let abandoned = self.run.exchange(pid, Vec::new());
        let gone = self.run.let_go(&abandoned);
        self.run.relive(pid);
        let n = self.tell_end(Moment { t, pid, line }, &who, outcome, gone);
        if let Some(process) = self.run.touch(pid) {
            process.end = n;
        }
    }

    fn tell_end(
        &mut self,
        Moment { t, pid, line }: Moment,
        who: &str,
        outcome: Outcome,
        gone: Vec<LetGo>,
    ) -> Option<u32> {
        let (column, broken_pipe) = self.run.get(pid).map(|it| (it.column, it.broken_pipe))?;
        if let Some(n) = self.folds_into(column, RowKind::Ended) {
            self.table.amend(n, |_, what| {
                if let What::Ended(all) = what {
                    all.count += 1;
                    all.outcome = all.outcome.filter(|it| *it == outcome);
                    all.gone.extend(gone);
                }
            });
            self.table.tell_column(&mut self.run, column, n);
            return Some(n);
        }
        let mut ended = Ended {
            who: who.to_owned(),
            count: 1,
            outcome: Some(outcome),
            gone,
            orphans: Vec::new(),
            collected: None,
        };
        // What it closed just before, and nothing happened in between.
        let last = self.last()?;
        let replaced = match self.table.what(last) {
            Some(What::Closed { who: it, gone }) if it == who => {
                let gone = gone.iter().filter(|it| !it.is_kept).cloned();
                ended.gone.splice(0..0, gone);
                Some(last)
            }
            _ => broken_pipe.filter(|_| outcome == SIGPIPE),
        };
        let n = match replaced {
            Some(n) => {
                self.table.amend(n, |row, what| {
                    (row.kind, *what) = (RowKind::Ended, What::Ended(ended));
                });
                if n == last {
                    self.table.tell_all(&mut self.run, n);
                } else {
                    self.table.tell_column(&mut self.run, column, n);
                }
                n
            }
            None => {
                let row = self.row(RowKind::Ended, Moment { t, pid, line });
                self.push(row, What::Ended(ended))?
            }
        };
        self.folding.insert((column, RowKind::Ended), n);
        Some(n)
    }

    pub(crate) fn reaped(&mut self, Moment { t, pid, line }: Moment, by: Option<Pid>) {
        let Some(process) = self.run.touch(pid).filter(|it| !it.is_gone) else {
            return;
        };
        process.is_gone = true;
        let (column, end) = (process.column, process.end);
        // As the times of the two rows say it.
        let zombie = rounded(t - process.ended_at);
        let is_child = process.started_by == self.root;
        if self.root != Some(pid) {
            self.run.others -= 1;
            self.run.children -= usize::from(is_child);
        }
        self.run.relive(pid);
        let is_alive = |it: &Pid| self.run.get(*it).is_some_and(Process::is_alive);
        let Some(by) = by.filter(is_alive) else {
            return;
        };
        self.run.moved(by);
        let Some(to) = self.run.get(by).map(|it| it.column) else {
            return;
        };
        let name = self.run.name(by);
        let left = self.other_zombies(by, column);
        if zombie * 1e3 < SHORT_MS
            && let Some(n) = end
            && self.table.only_ends_since(n)
        {
            self.table.amend(n, |row, what| {
                if let What::Ended(ended) = what {
                    let before = ended.collected.as_ref().map_or(0, |it| it.1);
                    ended.collected = Some((name, before + 1));
                }
                if line.is_some() {
                    (row.line, row.dim) = (line, false);
                }
                let reap = arrow(ArrowKind::Reap, column, to);
                if !row.arrows.contains(&reap[0]) {
                    row.arrows.extend(reap);
                }
            });
            self.table.tell_column(&mut self.run, column, n);
            return;
        }
        if let Some(n) = self.folds_into(column, RowKind::Reaped) {
            self.table.amend(n, |_, what| {
                if let What::Reaped {
                    count, left: all, ..
                } = what
                {
                    *count += 1;
                    *all = left;
                }
            });
            self.table.tell_column(&mut self.run, column, n);
            return;
        }
        let mut row = self.row(RowKind::Reaped, Moment { t, pid, line });
        row.arrows = arrow(ArrowKind::Reap, column, to);
        let what = What::Reaped {
            by: name,
            who: self.run.name(pid),
            zombie,
            count: 1,
            left,
        };
        if let Some(n) = self.push(row, what) {
            self.folding.insert((column, RowKind::Reaped), n);
        }
    }

    /// Who else has ended and is not collected by `by`: each column once.
    fn other_zombies(&self, by: Pid, collected: Column) -> Vec<String> {
        let columns = self.run.columns.order().iter().copied();
        let of_by = |it: &Column| {
            let shown = self.run.get(self.run.columns.shown(*it));
            shown.is_some_and(|it| it.parent == Some(by))
        };
        let others = columns.filter(|it| *it != collected).filter(of_by);
        others
            .filter_map(|it| {
                let zombies = *self.run.columns.alive(it).get(&Life::Zombie)?;
                Some(times(zombies, self.run.columns.name(it)))
            })
            .collect()
    }

    pub(crate) fn orphaned(&mut self, Moment { t, pid, line }: Moment, to: Option<Pid>) {
        let to = to.filter(|it| self.run.get(*it).is_some_and(Process::is_alive));
        let who = self.run.name(pid);
        let Some(process) = self.run.touch(pid).filter(|it| it.is_alive()) else {
            return;
        };
        let column = process.column;
        let before = std::mem::replace(&mut process.parent, to);
        process.is_orphan = true;
        let end = before.and_then(|it| self.run.get(it)).and_then(|it| it.end);
        if let Some(n) = end
            && matches!(self.table.what(n), Some(What::Ended(_)))
        {
            self.table.amend(n, |_, what| {
                if let What::Ended(ended) = what
                    && !ended.orphans.contains(&who)
                {
                    ended.orphans.push(who);
                }
            });
            self.named_in(pid, n);
            self.table.tell_column(&mut self.run, column, n);
            return;
        }
        let row = self.row(RowKind::Orphaned, Moment { t, pid, line });
        let parent = before.map(|it| self.run.name(it));
        self.push(row, What::Orphaned { who, parent });
    }
}
