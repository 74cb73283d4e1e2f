//! Pipes and pairs of sockets: who holds which end, and what they are called.

use crate::row::{Column, End};
use recording::traced::{Descriptor, Pid, PipeEnd, PipeId, Target};
use std::collections::{BTreeMap, BTreeSet};

/// A pipe, or a pair of sockets by the lesser number of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    Pipe(PipeId),
    Sockets(u32),
}

impl Tie {
    /// Its name among the tubes of a row.
    pub fn key(self) -> String {
        match self {
            Tie::Pipe(PipeId(number)) => number.to_string(),
            Tie::Sockets(number) => format!("s{number}"),
        }
    }

    pub fn is_stream(self) -> bool {
        matches!(self, Tie::Pipe(pipe) if pipe.is_stream())
    }
}

/// The channel into which a descriptor leads, and by which ends. A pair of
/// sockets leads both ways: the lesser is taken for its writing end.
pub fn ends(descriptor: &Descriptor) -> Option<(Tie, &'static [End])> {
    match descriptor.to {
        Target::Pipe { pipe, end } => Some((
            Tie::Pipe(pipe),
            match end {
                PipeEnd::Read => &[End::Read],
                PipeEnd::Write => &[End::Write],
                PipeEnd::Both => &[End::Read, End::Write],
            },
        )),
        Target::Socket {
            socket,
            peer: Some(peer),
        } if socket < peer => Some((Tie::Sockets(socket), &[End::Write])),
        Target::Socket {
            peer: Some(peer), ..
        } => Some((Tie::Sockets(peer), &[End::Read])),
        _ => None,
    }
}

/// The program that has a pipe as one of its three streams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub pid: Pid,
    pub column: Column,
    pub name: String,
    /// `stdin`, `stdout`, `stderr`; `output` is both of the latter.
    pub stream: &'static str,
}

#[derive(Clone, Debug, Default)]
pub struct Channel {
    /// By how many descriptors each holds it.
    readers: BTreeMap<Pid, u32>,
    writers: BTreeMap<Pid, u32>,
    /// A program inherited it, or somebody waits on it: till then it may be a
    /// library's own.
    pub shown: bool,
    pub writer: Option<Role>,
    pub reader: Option<Role>,
    /// Who held it first, if it has no role.
    pub maker: Option<(Pid, String)>,
    pub bytes: Option<(u32, u32)>,
    pub full: bool,
}

impl Channel {
    pub fn holders(&self, end: End) -> impl Iterator<Item = Pid> + '_ {
        self.of(end).keys().copied()
    }

    pub fn is_held(&self) -> bool {
        !self.readers.is_empty() || !self.writers.is_empty()
    }

    fn of(&self, end: End) -> &BTreeMap<Pid, u32> {
        match end {
            End::Read => &self.readers,
            End::Write => &self.writers,
        }
    }

    fn of_mut(&mut self, end: End) -> &mut BTreeMap<Pid, u32> {
        match end {
            End::Read => &mut self.readers,
            End::Write => &mut self.writers,
        }
    }
}

/// An end of a channel that nobody holds any more, while others still hold the
/// other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abandoned {
    pub tie: Tie,
    pub end: End,
}

#[derive(Debug, Default)]
pub struct Channels {
    all: BTreeMap<Tie, Channel>,
    /// Those that may look different from what rows have told.
    pub dirty: BTreeSet<Tie>,
}

impl Channels {
    pub fn get(&self, tie: Tie) -> Option<&Channel> {
        self.all.get(&tie)
    }

    pub fn pipe(&self, pipe: PipeId) -> Option<&Channel> {
        self.get(Tie::Pipe(pipe))
    }

    /// To change it.
    pub fn touch(&mut self, tie: Tie) -> &mut Channel {
        self.dirty.insert(tie);
        self.all.entry(tie).or_default()
    }

    /// `pid` has other descriptors now. What it abandoned is told.
    pub fn exchange(
        &mut self,
        (pid, name): (Pid, &str),
        before: &[Descriptor],
        after: &[Descriptor],
    ) -> Vec<Abandoned> {
        for (tie, ends) in after.iter().filter_map(ends) {
            let channel = self.touch(tie);
            channel.maker.get_or_insert_with(|| (pid, name.to_owned()));
            for &end in ends {
                *channel.of_mut(end).entry(pid).or_default() += 1;
            }
        }
        let mut abandoned = Vec::new();
        for (tie, ends) in before.iter().filter_map(ends) {
            let channel = self.touch(tie);
            for &end in ends {
                let holders = channel.of_mut(end);
                let Some(count) = holders.get_mut(&pid) else {
                    continue;
                };
                *count -= 1;
                if *count == 0 {
                    holders.remove(&pid);
                    if holders.is_empty() {
                        abandoned.push(Abandoned { tie, end });
                    }
                }
            }
        }
        abandoned.retain(|it| self.is_missed(*it, pid));
        abandoned
    }

    /// Whether somebody is at the other end, where it shows: another, or the one who
    /// let go of the reading end, and can still write to nobody.
    fn is_missed(&self, Abandoned { tie, end }: Abandoned, by: Pid) -> bool {
        let Some(channel) = self.all.get(&tie) else {
            return false;
        };
        let other = match end {
            End::Read => End::Write,
            End::Write => End::Read,
        };
        let is_pipe = matches!(tie, Tie::Pipe(_));
        let is_empty = channel.of(end).is_empty();
        let has_other = |it: Pid| it != by || end == End::Read;
        is_pipe
            && channel.shown
            && !tie.is_stream()
            && is_empty
            && channel.holders(other).any(has_other)
    }

    /// By its role: `sh's stdout`, `the pipe from yes to head`.
    pub fn name(&self, tie: Tie) -> String {
        if let Tie::Pipe(pipe) = tie
            && let Some(name) = ["stdin", "stdout", "stderr"].get(pipe.0 as usize)
        {
            return (*name).to_owned();
        }
        let Some(channel) = self.all.get(&tie) else {
            return "a pipe".to_owned();
        };
        if let Tie::Sockets(_) = tie {
            return "a socket".to_owned();
        }
        match (&channel.writer, &channel.reader) {
            (Some(writer), Some(reader)) => match writer.stream {
                "stdout" => format!("the pipe from {} to {}", writer.name, reader.name),
                stream => format!(
                    "the pipe from {}'s {stream} to {}",
                    writer.name, reader.name
                ),
            },
            (Some(role), None) | (None, Some(role)) => format!("{}'s {}", role.name, role.stream),
            (None, None) => match &channel.maker {
                Some((_, name)) => format!("{name}'s pipe"),
                None => "a pipe".to_owned(),
            },
        }
    }

    /// Whether it is drawn.
    pub fn is_drawn(&self, tie: Tie) -> bool {
        let is_drawn = |it: &Channel| (it.shown || tie.is_stream()) && it.is_held();
        self.all.get(&tie).is_some_and(is_drawn)
    }
}
