//! A row of the table: what happened, in one sentence, and what it changed in
//! the picture above the table. The page gets it as it stands here.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A column of the table, and the box above it. It is a name, not a place: from
/// left to right columns stand as [`Changes::order`] says.
pub type Column = usize;

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

/// A process, or several of one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProcessBox {
    pub name: String,
    pub depth: usize,
    pub parent: Option<Column>,
    pub life: Life,
    /// What it waits for, in words without a subject.
    pub says: Option<String>,
    /// It is part of a deadlock.
    pub stuck: bool,
    /// Its parent ended before it.
    pub orphan: bool,
    pub threads: u32,
    /// How many processes it stands for that are not gone.
    pub count: usize,
    /// How it ended: `exit 0`, `SIGPIPE`.
    pub end: Option<String>,
    pub holds: Vec<Hold>,
}

/// What has changed in a box: the fields that are there. A field that can be
/// nothing again is null then.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BoxChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depth: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none", with = "nothing")]
    pub parent: Option<Option<Column>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub life: Option<Life>,
    #[serde(skip_serializing_if = "Option::is_none", with = "nothing")]
    pub says: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stuck: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orphan: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none", with = "nothing")]
    pub end: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<Vec<Hold>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Life {
    Runs,
    Asleep,
    Stopped,
    /// It has ended, and nobody has collected it.
    Zombie,
    Gone,
}

/// A descriptor of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    pub fd: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tube: Option<String>,
    /// Which end of the tube; none of a socket, which has both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<End>,
    /// Where it leads, if not into a tube: `/dev/null`, `the terminal`, a file's
    /// name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    Read,
    Write,
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

/// A field that may be missing, null or there: serde alone reads null as
/// missing.
mod nothing {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(
        clippy::ref_option,
        clippy::option_option,
        reason = "serde's with passes a reference to the field"
    )]
    pub fn serialize<T: Serialize, S: Serializer>(
        it: &Option<Option<T>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        it.as_ref().and_then(Option::as_ref).serialize(to)
    }

    #[expect(clippy::option_option, reason = "missing is not the same as null")]
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        Option::deserialize(from).map(Some)
    }
}

impl ProcessBox {
    /// What a picture that shows `shown` has to change to show this.
    pub fn since(&self, shown: Option<&ProcessBox>) -> Option<BoxChange> {
        fn differs<T: PartialEq + Clone>(now: &T, shown: Option<&T>) -> Option<T> {
            (Some(now) != shown).then(|| now.clone())
        }
        let change = BoxChange {
            name: differs(&self.name, shown.map(|it| &it.name)),
            depth: differs(&self.depth, shown.map(|it| &it.depth)),
            parent: differs(&self.parent, shown.map(|it| &it.parent)),
            life: differs(&self.life, shown.map(|it| &it.life)),
            says: differs(&self.says, Some(shown.map_or(&None, |it| &it.says))),
            stuck: differs(&self.stuck, Some(shown.map_or(&false, |it| &it.stuck))),
            orphan: differs(&self.orphan, Some(shown.map_or(&false, |it| &it.orphan))),
            threads: differs(&self.threads, Some(shown.map_or(&1, |it| &it.threads))),
            count: differs(&self.count, Some(shown.map_or(&1, |it| &it.count))),
            end: differs(&self.end, Some(shown.map_or(&None, |it| &it.end))),
            holds: differs(&self.holds, shown.map(|it| &it.holds)),
        };
        (change != BoxChange::default()).then_some(change)
    }
}

impl BoxChange {
    /// This change without the fields that the other has.
    pub fn without(&mut self, other: &BoxChange) {
        fn drop<T>(mine: &mut Option<T>, other: Option<&T>) {
            if other.is_some() {
                *mine = None;
            }
        }
        drop(&mut self.name, other.name.as_ref());
        drop(&mut self.depth, other.depth.as_ref());
        drop(&mut self.parent, other.parent.as_ref());
        drop(&mut self.life, other.life.as_ref());
        drop(&mut self.says, other.says.as_ref());
        drop(&mut self.stuck, other.stuck.as_ref());
        drop(&mut self.orphan, other.orphan.as_ref());
        drop(&mut self.threads, other.threads.as_ref());
        drop(&mut self.count, other.count.as_ref());
        drop(&mut self.end, other.end.as_ref());
        drop(&mut self.holds, other.holds.as_ref());
    }

    /// This change, and then another.
    pub fn and(&mut self, later: BoxChange) {
        fn take<T>(mine: &mut Option<T>, later: Option<T>) {
            if later.is_some() {
                *mine = later;
            }
        }
        take(&mut self.name, later.name);
        take(&mut self.depth, later.depth);
        take(&mut self.parent, later.parent);
        take(&mut self.life, later.life);
        take(&mut self.says, later.says);
        take(&mut self.stuck, later.stuck);
        take(&mut self.orphan, later.orphan);
        take(&mut self.threads, later.threads);
        take(&mut self.count, later.count);
        take(&mut self.end, later.end);
        take(&mut self.holds, later.holds);
    }
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
