//! A run as a tree: each process with what it did, in its own order.

use crate::words::{command, file_name, signal};
use recording::traced::{Did, Pid, ProcessEvent, SignalAction};
use recording::{Event, Kind, Outcome};
use std::collections::{BTreeSet, HashMap};

const SIGPIPE: i32 = 13;
const SIGCHLD: i32 = 17;

/// What a process did, or what was done to it. Others are named by their nodes.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Ran(Vec<String>),
    Started(usize),
    Sent(i32, Vec<usize>),
    Got(i32, SignalAction),
    Stopped(i32),
    Continued,
    Ended(Outcome),
    Collected(usize),
    CollectedBy(usize),
}

impl Deed {
    pub fn told(&self, name: &dyn Fn(usize) -> String) -> String {
        match self {
            Deed::Ran(argv) => format!("runs {}", command(argv)),
            // Which of two of one program it starts first is a race, where each is
            // the child of another task; what each does is compared by its command.
            Deed::Started(child) => {
                let name = name(*child);
                format!("starts {}", name.split(" #").next().unwrap_or_default())
            }
            Deed::Sent(number, to) => {
                let mut names: Vec<_> = to.iter().map(|it| name(*it)).collect();
                names.sort();
                format!("sends {} to {}", signal(*number), names.join(" and "))
            }
            Deed::Got(number, action) => {
                let does = match action {
                    SignalAction::Default => "gets",
                    SignalAction::Ignored => "ignores",
                    SignalAction::Handled => "handles",
                };
                format!("{does} {}", signal(*number))
            }
            Deed::Stopped(number) => format!("is stopped by {}", signal(*number)),
            Deed::Continued => "goes on".to_owned(),
            Deed::Ended(Outcome::Code(code)) => format!("ends with status {code}"),
            Deed::Ended(Outcome::Signal(number)) => format!("is ended by {}", signal(*number)),
            Deed::Collected(child) => format!("collects {}", name(*child)),
            Deed::CollectedBy(parent) => format!("is collected by {}", name(*parent)),
        }
    }
}

#[derive(Debug, Default)]
pub struct Node {
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    /// The first program that it ran; empty, if it ran none.
    pub program: String,
    /// Its number among its siblings of that program, from 1.
    ordinal: usize,
    pub deeds: Vec<Deed>,
    has_ended: bool,
}

impl Node {
    /// The first command that it ran.
    pub fn command(&self) -> Option<&[String]> {
        self.deeds.iter().find_map(|it| match it {
            Deed::Ran(argv) => Some(argv.as_slice()),
            _ => None,
        })
    }

    /// It ran no program, and a signal ended it: in another run it may have been
    /// quicker.
    pub fn is_cut(&self) -> bool {
        let is_killed = |it: &Deed| matches!(it, Deed::Ended(Outcome::Signal(_)));
        self.program.is_empty() && self.deeds.iter().any(is_killed)
    }
}

#[derive(Debug, Default)]
pub struct History {
    pub nodes: Vec<Node>,
    /// The lines in which the listing itself starts others, as far as they were found.
    pub starting: BTreeSet<u32>,
    by_pid: HashMap<Pid, usize>,
    root: Option<usize>,
    /// Signals that somebody sent: they are told once, by the sender.
    sent: Vec<(i32, usize)>,
}

impl History {
    pub fn of(events: &[Event]) -> Self {
        let mut history = History::default();
        for event in events {
            match &event.kind {
                Kind::Started { pid, .. } => history.begin(*pid),
                Kind::Process(event) => history.take(event),
                _ => {}
            }
        }
        history.count();
        history
    }

    pub fn root(&self) -> Option<usize> {
        self.root.filter(|it| !self.nodes[*it].deeds.is_empty())
    }

    /// `sh`, `sh #2`; of the root, `the listing`.
    pub fn name(&self, node: usize) -> String {
        let it = &self.nodes[node];
        let program = match it.program.as_str() {
            _ if it.parent.is_none() => return "the listing".to_owned(),
            "" => "a copy",
            program => program,
        };
        let of = match it.parent {
            Some(parent) if self.root != Some(parent) => format!(" of {}", self.name(parent)),
            _ => String::new(),
        };
        match it.ordinal {
            0 | 1 => format!("{program}{of}"),
            ordinal => format!("{program} #{ordinal}{of}"),
        }
    }

    pub fn parent_name(&self, node: usize) -> String {
        let parent = self.nodes[node].parent;
        parent.map_or("nobody".to_owned(), |it| self.name(it))
    }

    fn begin(&mut self, pid: Pid) {
        if self.root.is_none() {
            self.root = Some(self.add(pid, None));
        }
    }

    fn add(&mut self, pid: Pid, parent: Option<usize>) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Node {
            parent,
            ..Node::default()
        });
        self.by_pid.insert(pid, node);
        if let Some(parent) = parent {
            self.nodes[parent].children.push(node);
        }
        node
    }

    fn take(&mut self, event: &ProcessEvent) {
        if self.root.is_none() {
            match event.did {
                Did::Spawned { child, .. } => self.begin(child),
                _ => self.begin(event.pid),
            }
        }
        let Some(&node) = self.by_pid.get(&event.pid) else {
            return;
        };
        match &event.did {
            Did::Spawned { child, .. } => {
                let child = self.add(*child, Some(node));
                self.nodes[node].deeds.push(Deed::Started(child));
                if self.root == Some(node) {
                    self.starting.extend(event.line);
                }
            }
            Did::Executed { argv, .. } => self.ran(node, argv),
            Did::Sent { signal, to, .. } if *signal != 0 => {
                let to: Vec<_> = to
                    .iter()
                    .filter_map(|it| self.by_pid.get(it).copied())
                    .collect();
                let to: Vec<_> = to
                    .into_iter()
                    .filter(|it| !self.nodes[*it].has_ended)
                    .collect();
                // Of a KILL and a STOP nobody hears at the other end.
                if ![9, 19].contains(signal) {
                    self.sent.extend(to.iter().map(|it| (*signal, *it)));
                }
                self.nodes[node].deeds.push(Deed::Sent(*signal, to));
            }
            Did::Signalled { signal, action, .. } => self.got(node, *signal, *action),
            Did::Stopped { signal } => self.nodes[node].deeds.push(Deed::Stopped(*signal)),
            Did::Continued => self.nodes[node].deeds.push(Deed::Continued),
            Did::Exiting { outcome } | Did::Exited { outcome } => self.ended(node, *outcome),
            Did::Reaped { by: Some(by), .. } => {
                if let Some(&parent) = self.by_pid.get(by) {
                    self.nodes[parent].deeds.push(Deed::Collected(node));
                    self.nodes[node].deeds.push(Deed::CollectedBy(parent));
                }
            }
            // Whether the parent ends first is often a race; who collects it tells.
            _ => {}
        }
    }

    fn ran(&mut self, node: usize, argv: &[String]) {
        let is_pid = |pid: &Pid| self.by_pid.contains_key(pid);
        let mut argv: Vec<_> = argv.iter().map(|it| without_pids(it, &is_pid)).collect();
        if let Some(first) = argv.first_mut() {
            *first = file_name(first).to_owned();
        }
        let it = &mut self.nodes[node];
        if it.program.is_empty() {
            it.program = argv.first().cloned().unwrap_or_default();
        }
        // The listing's own program lies where it was built.
        if it.parent.is_some() {
            it.deeds.push(Deed::Ran(argv));
        } else {
            it.deeds.push(Deed::Ran(Vec::new()));
        }
    }

    fn ended(&mut self, node: usize, outcome: Outcome) {
        let node = &mut self.nodes[node];
        if !node.has_ended {
            node.has_ended = true;
            node.deeds.push(Deed::Ended(outcome));
        }
    }

    fn got(&mut self, node: usize, signal: i32, action: SignalAction) {
        if signal == SIGCHLD {
            return;
        }
        // The sender's own row tells of it; what it does there is told here.
        let sent = self.sent.iter().position(|it| *it == (signal, node));
        if let Some(at) = sent {
            self.sent.swap_remove(at);
            if action == SignalAction::Default {
                return;
            }
        }
        // Whether a thread writes once more before the program ends is a race.
        if signal == SIGPIPE && action == SignalAction::Ignored {
            return;
        }
        let deed = Deed::Got(signal, action);
        let deeds = &mut self.nodes[node].deeds;
        if signal == SIGPIPE && deeds.contains(&deed) {
            return;
        }
        deeds.push(deed);
    }

    /// Numbers siblings of one program.
    fn count(&mut self) {
        for node in 0..self.nodes.len() {
            let mut counts: HashMap<String, usize> = HashMap::new();
            for child in self.nodes[node].children.clone() {
                let count = counts.entry(self.nodes[child].program.clone()).or_default();
                *count += 1;
                self.nodes[child].ordinal = *count;
            }
        }
    }
}

/// `/proc/4711/stat` is `/proc/PID/stat`, if a process of the run has that number.
fn without_pids(argument: &str, is_pid: &dyn Fn(&Pid) -> bool) -> String {
    let words = argument.split_inclusive(|it: char| !it.is_alphanumeric());
    let words = words.map(|word| {
        let digits = word.trim_end_matches(|it: char| !it.is_alphanumeric());
        match digits.parse() {
            Ok(pid) if is_pid(&pid) => word.replacen(digits, "PID", 1),
            _ => word.to_owned(),
        }
    });
    words.collect()
}
