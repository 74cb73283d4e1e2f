//! What a tree tells of itself: a line for each thing that one of its processes
//! did, in one file.

use super::happened::Happened;
use super::plan::How;
use anyhow::{Context, bail};
use recording::Outcome;
use recording::traced::{Pid, SpawnCall};
use std::fmt;
use std::fs;
use std::path::Path;

/// The variable that names the file.
pub const FILE: &str = "TREE_ACCOUNT";

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Spawned {
        parent: Pid,
        child: Pid,
        how: How,
    },
    /// An image of the actor has begun to run, for the plan of this name.
    Image {
        pid: Pid,
        name: String,
    },
    /// This is its last line: it is another program from now on.
    Becomes {
        pid: Pid,
        program: String,
    },
    Ends {
        pid: Pid,
        outcome: Outcome,
    },
    Reaped {
        by: Pid,
        pid: Pid,
        outcome: Outcome,
    },
    /// The parent saw it stopped.
    Stopped {
        pid: Pid,
        signal: i32,
    },
    /// The parent saw it continued.
    Continued {
        pid: Pid,
    },
}

/// The lines of a file, in the order in which they were written.
///
/// # Errors
/// It cannot be read, or has something else in it.
pub fn read(file: &Path) -> anyhow::Result<Vec<Line>> {
    let text = fs::read_to_string(file).context("reading the tree's own account")?;
    let lines = text.lines();
    let read = |line| parse(line).with_context(|| format!("in the tree's own account: {line}"));
    lines.map(read).collect()
}

/// What a line says, for comparing.
pub fn happened(line: &Line) -> Vec<Happened> {
    match line.clone() {
        Line::Spawned { parent, child, how } => vec![Happened::Spawned {
            parent,
            child,
            how: call(how),
        }],
        Line::Image { pid, name } => vec![Happened::Executed {
            pid,
            argv: vec!["actor".to_owned(), name],
        }],
        Line::Becomes { pid, program } => vec![Happened::Executed {
            pid,
            argv: vec![program],
        }],
        Line::Ends { pid, outcome } => vec![Happened::Ended { pid, outcome }],
        Line::Reaped { by, pid, outcome } => vec![
            Happened::Ended { pid, outcome },
            Happened::Reaped { pid, by },
        ],
        Line::Stopped { .. } | Line::Continued { .. } => Vec::new(),
    }
}

/// The kernel's word for a call: a child that sends `SIGCHLD` is forked.
fn call(how: How) -> SpawnCall {
    match how {
        How::Fork | How::Clone | How::Clone3 | How::Sibling => SpawnCall::Fork,
        How::Vfork | How::PosixSpawn => SpawnCall::Vfork,
        How::Silent => SpawnCall::Clone,
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Line::Spawned { parent, child, how } => {
                write!(f, "spawned {parent} {child} {}", how.name())
            }
            Line::Image { pid, name } => write!(f, "image {pid} {name}"),
            Line::Becomes { pid, program } => write!(f, "becomes {pid} {program}"),
            Line::Ends { pid, outcome } => write!(f, "ends {pid} {}", Words(*outcome)),
            Line::Reaped { by, pid, outcome } => {
                write!(f, "reaped {by} {pid} {}", Words(*outcome))
            }
            Line::Stopped { pid, signal } => write!(f, "stopped {pid} {signal}"),
            Line::Continued { pid } => write!(f, "continued {pid}"),
        }
    }
}

struct Words(Outcome);

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Outcome::Code(code) => write!(f, "code {code}"),
            Outcome::Signal(signal) => write!(f, "signal {signal}"),
        }
    }
}

fn parse(line: &str) -> anyhow::Result<Line> {
    let words: Vec<_> = line.split(' ').collect();
    Ok(match &words[..] {
        ["spawned", parent, child, how] => Line::Spawned {
            parent: parent.parse()?,
            child: child.parse()?,
            how: How::named(how).context("no such call")?,
        },
        ["image", pid, name] => Line::Image {
            pid: pid.parse()?,
            name: (*name).to_owned(),
        },
        ["becomes", pid, program] => Line::Becomes {
            pid: pid.parse()?,
            program: (*program).to_owned(),
        },
        ["ends", pid, word, number] => Line::Ends {
            pid: pid.parse()?,
            outcome: outcome(word, number)?,
        },
        ["reaped", by, pid, word, number] => Line::Reaped {
            by: by.parse()?,
            pid: pid.parse()?,
            outcome: outcome(word, number)?,
        },
        ["stopped", pid, signal] => Line::Stopped {
            pid: pid.parse()?,
            signal: signal.parse()?,
        },
        ["continued", pid] => Line::Continued { pid: pid.parse()? },
        _ => bail!("no line of an account"),
    })
}

fn outcome(word: &str, number: &str) -> anyhow::Result<Outcome> {
    let number = number.parse()?;
    match word {
        "code" => Ok(Outcome::Code(number)),
        "signal" => Ok(Outcome::Signal(number)),
        _ => bail!("no way to end: {word}"),
    }
}
