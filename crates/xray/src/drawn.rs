//! How a run looks as far as it has been told: its boxes and its tubes.

use crate::channels::{Tie, ends};
use crate::process::Process;
use crate::row::{Column, End, Hold, Life, ProcessBox, Tube};
use crate::run::Run;
use crate::words::{self, number};
use recording::Outcome;
use recording::traced::{Descriptor, Target};
use std::path::Path;

/// Of more descriptors a box shows the first.
const MOST_HOLDS: usize = 24;

impl Run {
    /// The box of a column, as it is now.
    pub fn of_column(&self, column: Column) -> Option<ProcessBox> {
        let process = self.get(self.columns.shown(column))?;
        let count = self.columns.count(column);
        let parent = process.parent.and_then(|pid| self.get(pid));
        Some(ProcessBox {
            name: self.columns.name(column).to_owned(),
            depth: self.columns.depth(column),
            parent: parent.map(|it| it.column),
            life: process.life(),
            says: self.says(process, count),
            stuck: process.is_stuck,
            orphan: process.is_orphan,
            threads: process.threads,
            count: count.max(1),
            end: process.outcome.map(words::end),
            holds: self.holds(process),
        })
    }

    fn says(&self, process: &Process, count: usize) -> Option<String> {
        let alive = self.columns.alive(process.column);
        if count < 2 || alive.len() < 2 {
            return match process.outcome {
                Some(outcome) => Some(self.says_of_the_dead(process, outcome, count)),
                None => process.says.clone().filter(|_| process.asleep.is_some()),
            };
        }
        let word = |life: &Life| match life {
            Life::Runs => "run",
            Life::Asleep => "are asleep",
            Life::Stopped => "are stopped",
            Life::Zombie => "are zombies",
            Life::Gone => "are gone",
        };
        let parts = alive
            .iter()
            .map(|(life, count)| format!("{count} {}", word(life)));
        Some(parts.collect::<Vec<_>>().join(", "))
    }

    fn says_of_the_dead(&self, process: &Process, outcome: Outcome, count: usize) -> String {
        let end = words::end(outcome);
        let zombie = if count > 1 { "all zombies" } else { "a zombie" };
        match process.parent.map(|it| self.name(it)) {
            Some(it) if process.is_gone => format!("† {end}, collected by {it}"),
            Some(it) => format!("† {end}: {zombie}, not yet collected by {it}"),
            None => format!("† {end}"),
        }
    }

    fn holds(&self, process: &Process) -> Vec<Hold> {
        let shown = process.descriptors.iter().filter_map(|it| self.hold(it));
        shown.take(MOST_HOLDS).collect()
    }

    fn hold(&self, descriptor: &Descriptor) -> Option<Hold> {
        let fd = descriptor.fd;
        let to = |to: &str| Hold {
            fd,
            tube: None,
            end: None,
            to: Some(to.to_owned()),
        };
        let is_meant = fd < 3 || !descriptor.cloexec;
        if let Some((tie, ends)) = ends(descriptor)
            && self.channels.is_drawn(tie)
        {
            let end = match (tie, ends) {
                (Tie::Pipe(_), [end]) => Some(*end),
                _ => None,
            };
            let tube = Some(tie.key());
            return Some(Hold {
                fd,
                tube,
                end,
                to: None,
            });
        }
        match &descriptor.to {
            Target::Null if is_meant => Some(to("/dev/null")),
            Target::Terminal if is_meant => Some(to("the terminal")),
            Target::Socket { .. } if is_meant => Some(to("a socket")),
            Target::File { path } if is_meant => {
                let name = Path::new(path).file_name();
                Some(to(&name.map_or("a file".into(), |it| it.to_string_lossy())))
            }
            _ => None,
        }
    }

    /// How a pipe is drawn; nothing, if it is not.
    pub fn tube(&self, tie: Tie) -> Option<Tube> {
        let channel = self
            .channels
            .get(tie)
            .filter(|_| self.channels.is_drawn(tie))?;
        let held = |end| match self.names(channel.holders(end)) {
            names if names.is_empty() => "nobody".to_owned(),
            names => names.join(", "),
        };
        let (writers, readers) = (held(End::Write), held(End::Read));
        let fill = channel.bytes.map(|(bytes, capacity)| {
            let (bytes, capacity) = (number(bytes.into()), number(capacity.into()));
            match channel.full {
                true if bytes == capacity => format!("full: {bytes} bytes"),
                _ => format!("{bytes} of {capacity} bytes"),
            }
        });
        let nobody = [(&writers, "write"), (&readers, "read")]
            .into_iter()
            .filter(|(who, _)| *who == "nobody");
        let nobody = nobody.map(|(_, can)| format!("nobody can {can}"));
        let name = self.channels.name(tie);
        let says: Vec<_> = [name.clone()]
            .into_iter()
            .chain(fill)
            .chain(nobody)
            .collect();
        let is_told = !tie.is_stream();
        let held = is_told.then(|| format!("{writers} → {readers}"));
        Some(Tube {
            name,
            bytes: channel.bytes.map(|it| it.0),
            capacity: channel.bytes.map(|it| it.1),
            full: channel.full,
            says: says.join(" · "),
            held: held.unwrap_or_default(),
            stream: tie.is_stream(),
        })
    }
}
