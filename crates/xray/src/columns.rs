//! Which column a process stands in.

use crate::row::{Column, Life};
use recording::traced::Pid;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A picture of more tells nothing: what comes later shares the last one.
const MOST: usize = 200;

/// So many children of one program are a crowd.
const CROWD: usize = 10;

/// What those are called that share the last column.
const OTHERS: &str = "others";

/// What a process is called that has run no program of its own.
pub fn copy_of(parent: &str) -> String {
    format!("child of {parent}")
}

#[derive(Debug, Default)]
struct Place {
    parent: Option<Column>,
    depth: usize,
    /// What its processes are called: the program's name, and a number if another
    /// column has it already.
    name: String,
    program: String,
    /// Nobody in it has run a program of its own yet.
    is_copy: bool,
    /// Those that are not gone, the most alive first.
    living: BTreeSet<(Life, Pid)>,
    /// How many of them live in which way.
    counts: BTreeMap<Life, usize>,
    /// Who came last: it is shown when all are gone.
    last: Pid,
    /// How many have stood here beside others in this round.
    joined: usize,
    /// The line by which its processes were started.
    line: Option<u32>,
    round: usize,
}

impl Place {
    fn add(&mut self, life: Life, pid: Pid) {
        if self.living.insert((life, pid)) {
            *self.counts.entry(life).or_default() += 1;
        }
    }

    fn remove(&mut self, life: Life, pid: Pid) {
        if self.living.remove(&(life, pid))
            && let Some(count) = self.counts.get_mut(&life)
        {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(&life);
            }
        }
    }
}

fn by_line(program: &str, line: u32) -> String {
    format!("{program} (line {line})")
}

#[derive(Debug, Default)]
pub struct Columns {
    /// Those that were called otherwise since this was last emptied, and how.
    pub renamed: Vec<(Column, String)>,
    all: Vec<Place>,
    order: Vec<Column>,
    children: HashMap<Column, Vec<Column>>,
    by_line: HashMap<(Column, u32), Vec<Column>>,
    by_program: HashMap<String, Vec<Column>>,
    round: usize,
}

impl Columns {
    pub fn order(&self) -> &[Column] {
        &self.order
    }

    pub fn root(&mut self, pid: Pid, name: &str) -> Column {
        let column = self.open(None);
        self.all[column].add(Life::Runs, pid);
        self.all[column].last = pid;
        self.call(column, name);
        column
    }

    pub fn name(&self, column: Column) -> &str {
        &self.all[column].name
    }

    pub fn depth(&self, column: Column) -> usize {
        self.all[column].depth
    }

    /// How many of its processes are not gone.
    pub fn count(&self, column: Column) -> usize {
        self.all[column].living.len()
    }

    /// How many of its processes are like that.
    pub fn alive(&self, column: Column) -> &BTreeMap<Life, usize> {
        &self.all[column].counts
    }

    /// Whether it stands for several processes.
    pub fn is_shared(&self, column: Column) -> bool {
        self.all[column].joined > 0
    }

    /// The process that the box shows: the one that is most alive.
    pub fn shown(&self, column: Column) -> Pid {
        let place = &self.all[column];
        place.living.first().map_or(place.last, |(_, pid)| *pid)
    }

    pub fn is_most_alive(&self, column: Column, pid: Pid) -> bool {
        self.count(column) < 2 || self.shown(column) == pid
    }

    /// A process of a column lives otherwise than before.
    pub fn relive(&mut self, column: Column, pid: Pid, before: Life, now: Life) {
        let place = &mut self.all[column];
        place.remove(before, pid);
        if now != Life::Gone {
            place.add(now, pid);
        }
    }

    /// The listing starts afresh: the columns of those who are gone are free again.
    pub fn next_round(&mut self) {
        self.round += 1;
        self.by_line.clear();
    }

    /// The column of a new child of `parent`: that of its siblings of the same
    /// line, else one that is free, else a new one.
    pub fn place(&mut self, pid: Pid, parent: Column, line: Option<u32>) -> Column {
        let siblings = line.and_then(|line| self.by_line.get(&(parent, line)));
        let column = match siblings.and_then(|it| it.last().copied()) {
            Some(column) => column,
            None if line.is_none()
                && let Some(column) = self.crowd(parent) =>
            {
                column
            }
            None => {
                let column = self.own(parent, line);
                if !self.is_last(column) {
                    let name = copy_of(&self.all[parent].name);
                    self.call(column, &name);
                    self.all[column].is_copy = true;
                }
                column
            }
        };
        self.enter(pid, column);
        column
    }

    /// Its program turned out to be this one. Of those that stand in its column
    /// others run another: then it moves.
    pub fn runs(&mut self, pid: Pid, column: Column, life: Life, program: &str) -> Column {
        let place = &self.all[column];
        if place.program == program || self.is_last(column) {
            return column;
        }
        if place.living.len() < 2 || place.is_copy || place.parent.is_none() {
            self.call(column, program);
            return column;
        }
        let (parent, line) = (place.parent.unwrap_or(0), place.line);
        let leaving = &mut self.all[column];
        leaving.remove(life, pid);
        leaving.joined = leaving.joined.saturating_sub(1);
        if let Some((_, other)) = leaving.living.first() {
            leaving.last = *other;
        }
        let siblings = line.and_then(|line| self.by_line.get(&(parent, line)));
        let same = siblings.and_then(|all| {
            let is_same = |it: &&Column| self.all[**it].program == program;
            all.iter().find(is_same).copied()
        });
        let to = same.unwrap_or_else(|| self.own(parent, line));
        if same.is_none() && !self.is_last(to) {
            self.call(to, program);
        }
        self.enter(pid, to);
        to
    }

    fn enter(&mut self, pid: Pid, column: Column) {
        let place = &mut self.all[column];
        if !place.living.is_empty() {
            place.joined += 1;
        } else if place.round != self.round {
            place.joined = 0;
        }
        place.round = self.round;
        place.add(Life::Runs, pid);
        place.last = pid;
    }

    /// Where no line tells it, many living children of one program are taken for
    /// alike: the column of the last of them, which the next one shares.
    fn crowd(&self, parent: Column) -> Option<Column> {
        let children = self.children.get(&parent)?;
        let last = *children.last()?;
        let program = &self.all[last].program;
        let alike = |it: &&Column| {
            let it = &self.all[**it];
            it.program == *program && !it.living.is_empty()
        };
        let is_crowd = !self.all[last].is_copy && children.iter().filter(alike).count() >= CROWD;
        is_crowd.then_some(last)
    }

    /// A column in which nobody stands.
    fn own(&mut self, parent: Column, line: Option<u32>) -> Column {
        let free = self.free(parent);
        let column = free.unwrap_or_else(|| self.open(Some(parent)));
        let place = &mut self.all[column];
        if place.living.is_empty() {
            (place.line, place.joined) = (line, 0);
        }
        if let Some(line) = line {
            self.by_line.entry((parent, line)).or_default().push(column);
        }
        column
    }

    /// The first column under `parent` that may be used again: the listing's own
    /// in a new round only, others' as soon as all below it are gone.
    fn free(&self, parent: Column) -> Option<Column> {
        let is_root = self.all[parent].parent.is_none();
        let may = |place: &Place| !is_root || place.round < self.round;
        let columns = self.children.get(&parent)?;
        columns.iter().copied().find(|&it| {
            may(&self.all[it]) && (is_root && self.all[it].living.is_empty() || self.is_empty(it))
        })
    }

    fn is_empty(&self, column: Column) -> bool {
        let below = self.children.get(&column);
        self.all[column].living.is_empty()
            && below.is_none_or(|all| all.iter().all(|it| self.is_empty(*it)))
    }

    fn open(&mut self, parent: Option<Column>) -> Column {
        let column = self.all.len();
        if column >= MOST {
            let last = column - 1;
            if self.all[last].program != OTHERS {
                self.call(last, OTHERS);
            }
            return last;
        }
        self.all.push(Place {
            parent,
            depth: parent.map_or(0, |it| self.all[it].depth + 1),
            round: self.round,
            ..Place::default()
        });
        let at = parent.map_or(0, |it| self.after_all_below(it));
        self.order.insert(at, column);
        if let Some(parent) = parent {
            self.children.entry(parent).or_default().push(column);
        }
        column
    }

    fn after_all_below(&self, column: Column) -> usize {
        let Some(at) = self.order.iter().position(|it| *it == column) else {
            return self.order.len();
        };
        let depth = self.all[column].depth;
        let below = self.order[at + 1..].iter();
        at + 1 + below.take_while(|it| self.all[**it].depth > depth).count()
    }

    /// Gives a column its name; a second one that has it at the same time gets a
    /// number.
    fn call(&mut self, column: Column, program: &str) {
        let before = std::mem::take(&mut self.all[column].program);
        if let Some(others) = self.by_program.get_mut(&before) {
            others.retain(|it| *it != column);
        }
        let others = self.by_program.entry(program.to_owned()).or_default();
        let living = others.iter().filter(|it| !self.all[**it].living.is_empty());
        let taken: BTreeSet<String> = living.map(|it| self.all[*it].name.clone()).collect();
        let mut name = program.to_owned();
        // Where lines are known, the line tells two of one name apart.
        let line = self.all[column].line;
        if let Some(line) = line.filter(|_| taken.contains(program)) {
            name = by_line(program, line);
            let is_first = |it: &&Column| self.all[**it].name == program;
            if let Some(first) = others.iter().copied().find(|it| is_first(&it))
                && let Some(line) = self.all[first].line
            {
                self.renamed.push((first, program.to_owned()));
                self.all[first].name = by_line(program, line);
            }
        }
        let mut number = 1;
        while taken.contains(&name) {
            number += 1;
            name = format!("{program} #{number}");
        }
        others.push(column);
        let place = &mut self.all[column];
        (place.name, place.program, place.is_copy) = (name, program.to_owned(), false);
    }
    fn is_last(&self, column: Column) -> bool {
        column + 1 == MOST
    }
}
