//! A process in the picture, and what changes in it.

use serde::{Deserialize, Serialize};

/// A column of the table, and the box above it. It is a name, not a place: from
/// left to right columns stand as [`crate::row::Changes::order`] says.
pub type Column = usize;

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

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    Read,
    Write,
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
