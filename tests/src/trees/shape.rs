//! A tree without its pids: each process by its place, so that two runs of one
//! seed can be compared.

use super::happened::Happened;
use recording::Outcome;
use recording::traced::{Pid, SpawnCall};
use std::collections::HashMap;
use std::fmt::Write;

/// The processes of a run, each by the place at which it was first told.
#[derive(Default)]
struct Grown {
    processes: Vec<Process>,
    /// Who has the pid now.
    holders: HashMap<Pid, usize>,
}

#[derive(Default)]
struct Process {
    how: Option<SpawnCall>,
    images: Vec<String>,
    end: Option<Outcome>,
    reaped: Option<&'static str>,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// A line for each process, in an order that no run changes: children under their
/// parent, and among themselves by what is said of them.
pub fn shape(events: &[Happened], root: Pid) -> Vec<String> {
    let mut grown = Grown::default();
    let root_place = grown.at(root);
    for event in events {
        grown.take(event, root);
    }
    let mut lines = grown.lines(root_place, 0);
    for (place, process) in grown.processes.iter().enumerate() {
        if process.parent.is_none() && place != root_place {
            lines.push(format!("nobody's child: {}", process.line()));
        }
    }
    lines
}

impl Grown {
    fn at(&mut self, pid: Pid) -> usize {
        *self.holders.entry(pid).or_insert_with(|| {
            self.processes.push(Process::default());
            self.processes.len() - 1
        })
    }

    fn take(&mut self, event: &Happened, root: Pid) {
        match event {
            Happened::Spawned { parent, child, how } => {
                let (parent, child) = (self.at(*parent), self.newborn(*child));
                self.processes[child].how = Some(*how);
                self.processes[child].parent = Some(parent);
                self.processes[parent].children.push(child);
            }
            Happened::Executed { pid, argv } => {
                let place = self.at(*pid);
                self.processes[place].images.push(label(argv));
            }
            Happened::Ended { pid, outcome } => {
                let place = self.at(*pid);
                self.processes[place].end = Some(*outcome);
            }
            // Who started the root collects it.
            Happened::Reaped { pid, .. } if *pid == root => {}
            Happened::Reaped { pid, by } => {
                let (place, by) = (self.at(*pid), self.at(*by));
                let parent = self.processes[place].parent == Some(by);
                self.processes[place].reaped = Some(match parent {
                    true => "by its parent",
                    false => "by another",
                });
            }
        }
    }

    /// The place of a child. What it did may have been told before its birth; who
    /// had the pid before it has a parent already.
    fn newborn(&mut self, pid: Pid) -> usize {
        let place = self.at(pid);
        if self.processes[place].parent.is_none() {
            return place;
        }
        self.holders.remove(&pid);
        self.at(pid)
    }

    fn lines(&self, place: usize, depth: usize) -> Vec<String> {
        let process = &self.processes[place];
        let children = process.children.iter();
        let mut children: Vec<_> = children.map(|it| self.lines(*it, depth + 1)).collect();
        children.sort();
        let mut lines = vec![format!("{}{}", "  ".repeat(depth), process.line())];
        lines.extend(children.into_iter().flatten());
        lines
    }
}

impl Process {
    fn line(&self) -> String {
        let mut line = match self.how {
            Some(how) => format!("{how:?}"),
            None => "root".to_owned(),
        };
        for image in &self.images {
            // Infallible: a String takes all.
            let _ = write!(line, ", becomes {image}");
        }
        let _ = match &self.end {
            Some(end) => write!(line, "; {end}"),
            None => write!(line, "; no end"),
        };
        let _ = write!(line, ", reaped {}", self.reaped.unwrap_or("by nobody here"));
        line
    }
}

/// A program by its name, and the first word that it was given: for an actor its
/// place in the plan.
pub fn label(argv: &[String]) -> String {
    let program = program(argv);
    let word = argv.get(1).and_then(|it| it.split_whitespace().next());
    match word {
        Some(word) => format!("{program} {word}"),
        None => program.to_owned(),
    }
}

/// A program's name, without its folder.
pub fn program(argv: &[String]) -> &str {
    let path = argv.first().map_or("", |it| it.as_str());
    path.rsplit('/').next().unwrap_or_default()
}

/// How two shapes differ, in words; empty if they do not.
pub fn differences(one: (&str, &[String]), other: (&str, &[String])) -> Vec<String> {
    let only = |these: &[String], those: &[String], name: &str| -> Vec<String> {
        let mut left: Vec<_> = those.iter().map(|it| it.trim_start()).collect();
        let mut only = Vec::new();
        for line in these.iter().map(|it| it.trim_start()) {
            match left.iter().position(|it| *it == line) {
                Some(place) => drop(left.swap_remove(place)),
                None => only.push(format!("only {name}: {line}")),
            }
        }
        only
    };
    if one.1 == other.1 {
        return Vec::new();
    }
    let mut found = only(one.1, other.1, one.0);
    found.extend(only(other.1, one.1, other.0));
    if found.is_empty() {
        let place = one.1.iter().zip(other.1).find(|(a, b)| a != b);
        found.push(format!("the same processes in other places: {place:?}"));
    }
    found
}
