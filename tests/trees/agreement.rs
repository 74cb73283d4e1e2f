//! Whether what is told of a run agrees with the tree's own account of the same
//! run, pid for pid.

use recording::traced::{Did, Pid};
use recording::{Event, Kind};
use std::collections::HashMap;
use tests::trees::account::{self, Line};
use tests::trees::happened::Happened;
use tests::trees::shape::label;

/// What the account has and nobody told, and what was told of an actor that its
/// account does not have.
pub fn differences(root: Pid, told: &[Happened], account: &[Line]) -> Vec<String> {
    let mut left: Vec<_> = account.iter().flat_map(account::happened).collect();
    let mut told = told.to_vec();
    // Its own first image was there before a tracer could tell of it.
    for events in [&mut left, &mut told] {
        if let Some(place) = events.iter().position(|it| is_first(it, root)) {
            events.remove(place);
        }
    }
    let mut faults = Vec::new();
    let mut actors = Actors::new(root);
    for event in &told {
        let accounted = match event {
            // Who ends and who collects both account for it.
            Happened::Ended { .. } => {
                left.retain(|it| it != event);
                true
            }
            event => {
                let place = left.iter().position(|it| same(it, event));
                place.map(|place| left.remove(place)).is_some()
            }
        };
        if actors.account_for(event) && !accounted {
            faults.push(format!("told, and not in its account: {event:?}"));
        }
    }
    let left = left.iter();
    faults.extend(left.map(|it| format!("in its account, and not told: {it:?}")));
    faults
}

/// The stops that a parent saw, and the continuations, of which nobody told.
pub fn untold_stops(events: &[Event], account: &[Line]) -> Vec<String> {
    let told = |of: u32, it: Did| {
        events.iter().any(|event| match &event.kind {
            Kind::Process(process) => process.pid == of && process.did == it,
            _ => false,
        })
    };
    let untold = account.iter().filter(|line| match line {
        Line::Stopped { pid, signal } => !told(*pid, Did::Stopped { signal: *signal }),
        Line::Continued { pid } => !told(*pid, Did::Continued),
        _ => false,
    });
    let untold = untold.map(|line| format!("its parent saw, and nobody told: {line}"));
    untold.collect()
}

fn is_first(event: &Happened, root: Pid) -> bool {
    match event {
        Happened::Executed { pid, argv } => *pid == root && label(argv) == "actor n0",
        _ => false,
    }
}

/// Whether a line of an account and an event are about the same. An image is told
/// by its first words.
fn same(line: &Happened, event: &Happened) -> bool {
    let (
        Happened::Executed { pid, argv },
        Happened::Executed {
            pid: told,
            argv: words,
        },
    ) = (line, event)
    else {
        return line == event;
    };
    let (line, event) = (label(argv), label(words));
    // A foreign program is accounted for by its name alone.
    let foreign = argv.len() == 1;
    pid == told && (line == event || foreign && event.split(' ').next() == Some(&line))
}

/// Who runs the actor, as far as was told: those account for all that they do.
struct Actors(HashMap<Pid, bool>);

impl Actors {
    fn new(root: Pid) -> Actors {
        Actors(HashMap::from([(root, true)]))
    }

    /// Whether an actor has to have written of this.
    fn account_for(&mut self, event: &Happened) -> bool {
        match event {
            Happened::Spawned { parent, child, .. } => {
                let actor = self.is(*parent);
                // strace may tell of a child before it tells of its birth.
                self.0.entry(*child).or_insert(actor);
                actor
            }
            Happened::Executed { pid, argv } => {
                let actor = label(argv).starts_with("actor ");
                self.0.insert(*pid, actor);
                actor
            }
            Happened::Ended { pid, .. } => {
                self.0.remove(pid);
                // Who ends accounts for it, or who collects; or nobody, where an
                // orphan dies by a signal.
                false
            }
            Happened::Reaped { by, .. } => self.is(*by),
        }
    }

    fn is(&self, pid: Pid) -> bool {
        self.0.get(&pid).copied().unwrap_or(false)
    }
}
