//! A row of the table: what happened, in one sentence, and what it changed in
//! the picture above the table. The page gets it as it stands here.

pub use crate::boxes::{BoxChange, Column, End, Hold, Life, ProcessBox};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing that happened, or that was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// From 0; a later row with the same number replaces the earlier one.
    pub n: u32,
    /// Seconds since the run started.
    pub t: f64,
    /// How long nothing happened from then on, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle: Option<f64>,
    pub kind: RowKind,
    /// The row in one sentence.
    pub text: String,
    /// The column that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Column>,
    /// What happened to it, in a word or two beside its line: `† exit 0`, `closes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// The line of the listing that brought it about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// `line` is that by which the process was started, or its ancestor.
    #[serde(default, skip_serializing_if = "is_false")]
    pub dim: bool,
    /// Other lines that take part: where the others of a deadlock sleep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrows: Vec<Arrow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Output>,
    /// A new round begins with this row: the listing starts afresh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<usize>,
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    pub changes: Changes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// The program itself began.
    Started,
    /// Somebody started a process; it may run another program by now.
    Spawned,
    /// A process runs another program than it did.
    Executed,
    /// The last holder of a pipe's end let go of it.
    Closed,
    Sent,
    Signal,
    Stopped,
    Continued,
    Ended,
    Reaped,
    Orphaned,
    Output,
    Seen,
    Deadlock,
    /// The run is over, or is told no further.
    Over,
}

/// From one column to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Arrow {
    pub kind: ArrowKind,
    pub from: Column,
    pub to: Column,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArrowKind {
    /// From the parent to the child.
    Spawn,
    /// From who has ended to who collects it.
    Reap,
    Signal,
    /// From who waits to who could end the wait.
    Wait,
    /// A wait that is part of a deadlock.
    Stuck,
}

/// What the run printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    pub stream: Stream,
    pub text: String,
    /// How many bytes more there were.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    Stdout,
    Stderr,
}

/// What a row changed in the picture. All rows' changes as far as a row, in the
/// order of their numbers, are the state at that row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The columns from left to right, each after its parent and its elder
    /// siblings, wherever that has changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<Column>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub boxes: BTreeMap<Column, BoxChange>,
    /// None: nobody holds it any more.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tubes: BTreeMap<String, Option<Tube>>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }
}

/// A pipe, or a pair of sockets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tube {
    /// By its role: `sh's stdout`.
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// Somebody sleeps who wants to write more into it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub full: bool,
    /// In it: `sh's stderr · full: 65,536 bytes · nobody can write`.
    pub says: String,
    /// Who holds its ends: `sh, 2 × cat → grandchild`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub held: String,
    /// One of the run's own streams, whose other end is outside.
    #[serde(default, skip_serializing_if = "is_false")]
    pub stream: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if passes a reference"
)]
fn is_false(it: &bool) -> bool {
    !it
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if passes a reference"
)]
fn is_zero(it: &usize) -> bool {
    *it == 0
}

impl Row {
    /// A row without words.
    pub(crate) fn new(t: f64, kind: RowKind) -> Self {
        Row {
            n: 0,
            t,
            idle: None,
            kind,
            text: String::new(),
            at: None,
            mark: None,
            line: None,
            dim: false,
            also: Vec::new(),
            arrows: Vec::new(),
            output: None,
            round: None,
            changes: Changes::default(),
        }
    }
}

/// One arrow.
pub(crate) fn arrow(kind: ArrowKind, from: Column, to: Column) -> Vec<Arrow> {
    vec![Arrow { kind, from, to }]
}
