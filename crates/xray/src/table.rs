//! The rows as far as they are made, and what has been told of the picture.

use crate::channels::Tie;
use crate::row::{BoxChange, Changes, Column, ProcessBox, Row, RowKind, Tube};
use crate::run::Run;
use crate::what::What;
use std::collections::{BTreeSet, HashMap};

#[derive(Debug, Default)]
pub struct Table {
    pub rows: Vec<Row>,
    told: Vec<What>,
    boxes: HashMap<Column, ProcessBox>,
    tubes: HashMap<Tie, Tube>,
    /// The last row that changed it: an earlier one may not change it any more.
    box_row: HashMap<Column, u32>,
    tube_row: HashMap<Tie, u32>,
    order: usize,
    /// Rows that are new, or others than were given out.
    fresh: BTreeSet<u32>,
}

impl Table {
    /// Whether each row since this one tells of an end: only then is a reap told in the
    /// row of its end.
    pub fn only_ends_since(&self, n: u32) -> bool {
        let mut since = self.rows.iter().skip(n as usize + 1);
        since.all(|it| it.kind == RowKind::Ended)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Adds a row.
    pub fn push(&mut self, mut row: Row, what: What) -> u32 {
        let n = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        row.n = n;
        row.text = what.text();
        row.mark = what.mark();
        self.rows.push(row);
        self.told.push(what);
        self.fresh.insert(n);
        n
    }

    pub fn row(&self, n: u32) -> Option<&Row> {
        self.rows.get(n as usize)
    }

    pub fn what(&self, n: u32) -> Option<&What> {
        self.told.get(n as usize)
    }

    /// Changes a row, and words it anew.
    pub fn amend(&mut self, n: u32, change: impl FnOnce(&mut Row, &mut What)) {
        let at = n as usize;
        if let (Some(row), Some(what)) = (self.rows.get_mut(at), self.told.get_mut(at)) {
            change(row, what);
            row.text = what.text();
            row.mark = what.mark();
            self.fresh.insert(n);
        }
    }

    /// The rows that changed since this was last asked.
    pub fn fresh(&mut self) -> Vec<Row> {
        let fresh = std::mem::take(&mut self.fresh);
        let rows = fresh.into_iter().filter_map(|n| self.row(n).cloned());
        rows.collect()
    }

    /// Tells all that has changed in the run, in row `n`, which is the last.
    pub fn tell_all(&mut self, run: &mut Run, n: u32) {
        let ties = std::mem::take(&mut run.channels.dirty);
        for tie in &ties {
            self.tell_tube(run, *tie, n);
        }
        for column in std::mem::take(&mut run.dirty) {
            self.tell_box(run, column, n);
        }
        let order = run.columns.order();
        if order.len() != self.order {
            self.order = order.len();
            let order = Some(order.to_vec());
            self.change(n, |changes| changes.order = order);
        }
    }

    /// Tells what has changed in a column, and in the tubes that it holds, in row
    /// `n`, or in the last later one that told of them.
    pub fn tell_column(&mut self, run: &mut Run, column: Column, n: u32) {
        let pid = run.columns.shown(column);
        let held = run.get(pid).into_iter().flat_map(|it| &it.descriptors);
        let ties: BTreeSet<_> = held
            .filter_map(crate::channels::ends)
            .map(|it| it.0)
            .collect();
        for tie in ties {
            if run.channels.dirty.remove(&tie) {
                self.tell_tube(run, tie, n);
            }
        }
        if run.dirty.remove(&column) {
            self.tell_box(run, column, n);
        }
    }

    fn tell_box(&mut self, run: &Run, column: Column, n: u32) {
        let Some(now) = run.of_column(column) else {
            return;
        };
        let Some(change) = now.since(self.boxes.get(&column)) else {
            return;
        };
        let last = self.box_row.get(&column).copied().unwrap_or(0).max(n);
        // A later row has the last word on what it changed itself.
        let mut early = change.clone();
        for later in self
            .rows
            .iter()
            .take(last as usize + 1)
            .skip(n as usize + 1)
        {
            if let Some(later) = later.changes.boxes.get(&column) {
                early.without(later);
            }
        }
        let mut late = change;
        late.without(&early);
        for (n, part) in [(n, early), (last, late)] {
            if part != BoxChange::default() {
                self.change(n, |changes| {
                    changes.boxes.entry(column).or_default().and(part)
                });
            }
        }
        self.boxes.insert(column, now);
        self.box_row.insert(column, last);
    }

    fn tell_tube(&mut self, run: &Run, tie: Tie, n: u32) {
        let now = run.tube(tie);
        if now.as_ref() == self.tubes.get(&tie) {
            return;
        }
        let n = n.max(self.tube_row.get(&tie).copied().unwrap_or(0));
        self.change(n, |changes| {
            changes.tubes.insert(tie.key(), now.clone());
        });
        match now {
            Some(now) => self.tubes.insert(tie, now),
            None => self.tubes.remove(&tie),
        };
        self.tube_row.insert(tie, n);
    }

    fn change(&mut self, n: u32, change: impl FnOnce(&mut Changes)) {
        if let Some(row) = self.rows.get_mut(n as usize) {
            change(&mut row.changes);
            self.fresh.insert(n);
        }
    }
}
