//! What a row tells, before it is words: a row that grows is worded anew.

use crate::channels::Tie;
use recording::Outcome;
use recording::traced::SignalAction;

/// What a row tells.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Started {
        who: String,
    },
    Spawned {
        by: String,
        /// What it runs; nothing, as long as it runs what its parent does.
        argv: Vec<String>,
        name: String,
        count: usize,
    },
    Executed {
        who: String,
        argv: Vec<String>,
    },
    Closed {
        who: String,
        gone: Vec<LetGo>,
    },
    Sent {
        by: String,
        signal: i32,
        to: Vec<String>,
        group: bool,
        /// They have ended already.
        is_late: bool,
        answers: Vec<(String, SignalAction)>,
    },
    Signal {
        who: String,
        signal: i32,
        from: Option<String>,
        /// Its parent, at whose end it asked for this signal (`PR_SET_PDEATHSIG`).
        ended: Option<String>,
        action: SignalAction,
        times: usize,
    },
    Stopped {
        who: String,
        signal: i32,
    },
    Continued {
        who: String,
    },
    Ended(Ended),
    Reaped {
        by: String,
        who: String,
        zombie: f64,
        count: usize,
        /// Other zombies of the same parent.
        left: Vec<String>,
    },
    Orphaned {
        who: String,
        /// Its parent, that has ended.
        parent: Option<String>,
    },
    Output {
        stream: &'static str,
        bytes: Vec<u8>,
        left_out: usize,
    },
    Quiet(Quiet),
    Over(String),
    /// There were too many rows.
    LeftOut {
        rows: usize,
        then: Option<String>,
    },
}

/// An end of a pipe that nobody holds any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetGo {
    pub tie: Tie,
    pub pipe: String,
    /// It was the end to write to.
    pub writers: bool,
    /// It turned out to have another descriptor of it.
    pub is_kept: bool,
    /// Those who were seen asleep on the other end.
    pub wakes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    pub who: String,
    pub count: usize,
    /// None, if several ended in different ways.
    pub outcome: Option<Outcome>,
    pub gone: Vec<LetGo>,
    /// Its children that go on.
    pub orphans: Vec<String>,
    /// Who collected it at once, and how many of them.
    pub collected: Option<(String, usize)>,
}

/// How the run looked when nothing happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Quiet {
    pub idle: Option<f64>,
    pub clauses: Vec<Clause>,
    /// Whose time limits will end it, and how long they are in milliseconds; if it
    /// is a deadlock.
    pub deadlock: Option<Vec<(String, f64)>>,
}

/// Of one who waits: a sentence with its subject, without a full stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    pub text: String,
    /// How long the call that was seen waits at most, in milliseconds. Whoever waits
    /// longer than that has called again.
    pub limit_ms: Option<f64>,
    /// A clock alone ends it.
    pub is_sleep: bool,
}

impl From<String> for Clause {
    fn from(text: String) -> Clause {
        Clause {
            text,
            limit_ms: None,
            is_sleep: false,
        }
    }
}

impl What {
    /// A process is called otherwise from the start.
    pub fn rename(&mut self, before: &str, now: &str) {
        let mut names: Vec<&mut String> = Vec::new();
        match self {
            What::Spawned { by, name, .. } => names.extend([by, name]),
            What::Closed { who, .. }
            | What::Stopped { who, .. }
            | What::Continued { who }
            | What::Orphaned { who, .. } => names.push(who),
            What::Sent {
                by, to, answers, ..
            } => {
                names.push(by);
                names.extend(to);
                names.extend(answers.iter_mut().map(|it| &mut it.0));
            }
            What::Signal {
                who, from, ended, ..
            } => {
                names.push(who);
                names.extend(from);
                names.extend(ended);
            }
            What::Ended(ended) => {
                names.push(&mut ended.who);
                names.extend(&mut ended.orphans);
                names.extend(ended.collected.as_mut().map(|it| &mut it.0));
            }
            _ => {}
        }
        for name in names.into_iter().filter(|it| *it == before) {
            now.clone_into(name);
        }
    }
}
