//! Who starts whom, and when a new round begins.

use crate::moment::Moment;
use crate::process::Process;
use crate::row::{ArrowKind, Column, RowKind, arrow};
use crate::what::What;
use crate::xray::XRay;
use recording::traced::{Descriptor, Pid};

impl XRay {
    pub(crate) fn spawned(
        &mut self,
        Moment { t, pid, line }: Moment,
        child: Pid,
        descriptors: &[Descriptor],
    ) {
        self.run.moved(pid);
        let Some(parent) = self.run.get(pid) else {
            return;
        };
        let (from, of_start) = (parent.column, parent.line);
        let is_root = self.root == Some(pid);
        let afresh = is_root && self.starts_afresh(line);
        if afresh {
            self.run.columns.next_round();
            self.folding.clear();
        }
        let is_again = afresh && line.is_some() && line == self.first_line;
        self.round += usize::from(is_again);
        let round = is_again.then_some(self.round);
        if is_root && (afresh || self.opener.is_none()) {
            (self.first_line, self.opener) = (line, Some(child));
        }
        let column = self.run.columns.place(child, from, line);
        let process = Process::new(child, Some(pid), column, line.or(of_start));
        self.run.processes.insert(child, process);
        self.run.dirty.insert(column);
        self.run.others += 1;
        self.run.children += usize::from(is_root);
        self.run.exchange(child, descriptors.to_vec());
        self.streams_of_a_copy(child);
        let start = self.tell_start(Moment { t, pid, line }, child, round);
        if let Some(child) = self.run.touch(child) {
            child.start = start;
        }
    }

    pub(crate) fn tell_start(
        &mut self,
        Moment { t, pid, line }: Moment,
        child: Pid,
        round: Option<usize>,
    ) -> Option<u32> {
        let parent = self.run.get(pid)?.column;
        let column = self.run.get(child)?.column;
        if let Some(n) = self.folds_into(column, RowKind::Spawned) {
            self.table.amend(n, |_, what| {
                if let What::Spawned { count, .. } = what {
                    *count += 1;
                }
            });
            self.table.tell_column(&mut self.run, column, n);
            return Some(n);
        }
        let mut row = self.row(RowKind::Spawned, Moment { t, pid, line });
        row.at = Some(column);
        row.round = round;
        row.arrows = arrow(ArrowKind::Spawn, parent, column);
        let what = What::Spawned {
            by: self.run.name(pid),
            argv: Vec::new(),
            name: self.run.name(child),
            count: 1,
        };
        let n = self.push(row, what)?;
        self.folding.insert((column, RowKind::Spawned), n);
        Some(n)
    }

    /// Where no line tells that it does the same again, the program does: that of the
    /// first child since all were collected.
    pub(crate) fn opens_with(&mut self, pid: Pid, program: &str) {
        if self.opener != Some(pid) {
            return;
        }
        let before = self.first_program.replace(program.to_owned());
        let start = self.run.get(pid).and_then(|it| it.start);
        let row = start.and_then(|n| self.table.row(n));
        if before.as_deref() == Some(program)
            && let Some(n) = row.filter(|it| it.round.is_none()).map(|it| it.n)
        {
            self.round += 1;
            let round = self.round;
            self.table.amend(n, |row, _| row.round = Some(round));
        }
    }

    /// All that the listing itself started has been collected, and it starts
    /// again: by the line of the first start, or when nobody else is left.
    pub(crate) fn starts_afresh(&self, line: Option<u32>) -> bool {
        let is_again = line.is_some() && line == self.first_line;
        let has_started = self.run.columns.order().len() > 1;
        has_started && self.run.children == 0 && (is_again || self.run.others == 0)
    }

    /// The row that takes in another of the same, in a column of several.
    pub(crate) fn folds_into(&self, column: Column, kind: RowKind) -> Option<u32> {
        let is_shared = self.run.columns.is_shared(column);
        self.folding
            .get(&(column, kind))
            .copied()
            .filter(|_| is_shared)
    }
}
