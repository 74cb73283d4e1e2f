//! What a tracer told of a tree, and whether it was told in order.

use super::happened::Happened;
use recording::traced::{Did, Pid};
use recording::{Event, Kind};
use std::collections::HashMap;

/// The process that the run started.
pub fn root(events: &[Event]) -> Option<Pid> {
    events.iter().find_map(|it| match it.kind {
        Kind::Started { pid, .. } => Some(pid),
        _ => None,
    })
}

/// What is compared of the events.
pub fn happened(events: &[Event]) -> Vec<Happened> {
    let mut happened = Vec::new();
    for event in events {
        let Kind::Process(process) = &event.kind else {
            continue;
        };
        let pid = process.pid;
        happened.extend(match &process.did {
            Did::Spawned { child, how, .. } => Some(Happened::Spawned {
                parent: pid,
                child: *child,
                how: *how,
            }),
            Did::Executed { argv, .. } => Some(Happened::Executed {
                pid,
                argv: argv.clone(),
            }),
            Did::Exited { outcome } => Some(Happened::Ended {
                pid,
                outcome: *outcome,
            }),
            Did::Reaped { by: Some(by), .. } => Some(Happened::Reaped { pid, by: *by }),
            _ => None,
        });
    }
    happened
}

/// How far a process has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Life {
    Lives,
    Exiting,
    Ended,
    Reaped,
}

/// What was told too early or too late: of a process before its birth, or after
/// its end.
pub fn disorder(events: &[Event]) -> Vec<String> {
    let mut lives: HashMap<Pid, Life> = HashMap::new();
    lives.extend(root(events).map(|root| (root, Life::Lives)));
    let mut faults = Vec::new();
    for event in events {
        let Kind::Process(process) = &event.kind else {
            continue;
        };
        let life = lives.get(&process.pid).copied();
        let fits = match (&process.did, life) {
            (_, None) => false,
            (Did::Reaped { .. }, Some(life)) => life == Life::Ended,
            (Did::Exited { .. }, Some(life)) => life <= Life::Exiting,
            // A process that stays a zombie may be adopted and signalled.
            (Did::Orphaned { .. } | Did::Signalled { .. }, Some(life)) => life <= Life::Ended,
            (_, Some(life)) => life == Life::Lives,
        };
        if !fits {
            faults.push(format!("{event:?}, of whom {life:?} was told last"));
        }
        let now = match &process.did {
            Did::Exiting { .. } => Some(Life::Exiting),
            Did::Exited { .. } => Some(Life::Ended),
            Did::Reaped { .. } => Some(Life::Reaped),
            _ => None,
        };
        lives.extend(now.map(|now| (process.pid, now)));
        if let Did::Spawned { child, .. } = process.did {
            lives.insert(child, Life::Lives);
        }
    }
    faults
}

/// Processes of which no end was told, or none before the run's own.
pub fn endless(events: &[Event]) -> Vec<String> {
    let mut lives: HashMap<Pid, usize> = HashMap::new();
    for (place, event) in events.iter().enumerate() {
        if let Kind::Process(process) = &event.kind {
            match process.did {
                Did::Spawned { child, .. } => drop(lives.insert(child, place)),
                Did::Exited { .. } => drop(lives.remove(&process.pid)),
                _ => {}
            }
        }
    }
    let ends = lives.iter().map(|(pid, place)| {
        let born = &events[*place];
        format!("no end of {pid}, born by {born:?}")
    });
    ends.collect()
}
