//! Whether two X-rays of one listing show the same: its processes by their
//! place in the tree, what each did in its own order, each deadlock, and the
//! lines of the listing that start programs. Pids, times and who was quicker do
//! not count.

mod history;
mod lines;
mod masked;

use crate::row::RowKind;
use crate::xray::XRay;
use history::{Deed, History, Node};
use recording::traced::Pid;
use recording::{Event, Kind};
use std::collections::{BTreeSet, HashMap};

/// What rows call the listing.
const TITLE: &str = "the listing";

/// What differs, each in a sentence: nothing, if they are the same.
pub fn differences(recorded: &[Event], new: &[Event]) -> Vec<String> {
    let (then, now) = (History::of(recorded), History::of(new));
    let mut compared = Compared {
        then: &then,
        now: &now,
        matches: HashMap::new(),
        differences: Vec::new(),
    };
    match (then.root(), now.root()) {
        (Some(a), Some(b)) => {
            compared.pair(a, b);
            compared.deeds();
        }
        (None, None) => {}
        (Some(_), None) => compared
            .differences
            .push("this run was not traced".to_owned()),
        (None, Some(_)) => compared
            .differences
            .push("the record has no process".to_owned()),
    }
    let mut differences = compared.differences;
    differences.extend(quiet(recorded, new));
    differences.extend(lines::moved(&then, &now));
    differences
}

/// Two histories, side by side.
struct Compared<'a> {
    then: &'a History,
    now: &'a History,
    /// The node of the record that is this one of the new run.
    matches: HashMap<usize, usize>,
    differences: Vec<String>,
}

impl Compared<'_> {
    /// Pairs two processes, and those that they started: children of one command,
    /// else of one program, in the order of their starts; and one that ran none yet
    /// with what is left. Which of two tasks is the first to start its child differs.
    fn pair(&mut self, a: usize, b: usize) {
        self.matches.insert(b, a);
        let (then, now) = (self.then, self.now);
        let mut old = then.nodes[a].children.clone();
        let mut new = now.nodes[b].children.clone();
        let is_one_command = |a: &Node, b: &Node| a.command() == b.command();
        let is_one_program = |a: &Node, b: &Node| a.program == b.program;
        let may_be_one = |a: &Node, b: &Node| a.is_cut() || b.is_cut();
        for is_one in [is_one_command, is_one_program, may_be_one] {
            old.retain(|&child| {
                let is_it = |it: &usize| is_one(&then.nodes[child], &now.nodes[*it]);
                let at = new.iter().position(is_it);
                if let Some(at) = at {
                    self.pair(child, new.remove(at));
                }
                at.is_none()
            });
        }
        for child in old {
            self.missing(then, child, "did not start", "the recording has it");
        }
        for child in new {
            self.missing(now, child, "started", "the recording does not have it");
        }
    }

    fn missing(&mut self, of: &History, node: usize, what: &str, but: &str) {
        let (name, parent) = (of.name(node), of.parent_name(node));
        self.differences
            .push(format!("{parent} {what} {name} in this run; {but}"));
    }

    fn deeds(&mut self) {
        let mut pairs: Vec<_> = self.matches.iter().map(|(b, a)| (*a, *b)).collect();
        pairs.sort_unstable();
        for (a, b) in pairs {
            let is_cut = self.then.nodes[a].is_cut() || self.now.nodes[b].is_cut();
            let then = told(&self.then.nodes[a], is_cut, &|node| self.then.name(node));
            let now = told(
                &self.now.nodes[b],
                is_cut,
                &|node| match self.matches.get(&node) {
                    Some(same) => self.then.name(*same),
                    None => self.now.name(node),
                },
            );
            if let Some(difference) = first_difference(&then, &now) {
                let name = self.then.name(a);
                self.differences.push(format!("{name}: {difference}"));
            }
        }
    }
}

/// Two words are enough of a difference: what stands where.
fn first_difference(then: &[String], now: &[String]) -> Option<String> {
    let at = (0..then.len().max(now.len())).find(|&at| then.get(at) != now.get(at))?;
    let say = |it: Option<&String>| it.map_or("nothing more", String::as_str).to_owned();
    Some(format!(
        "the recording has `{}` where this run has `{}`",
        say(then.get(at)),
        say(now.get(at))
    ))
}

/// What a process did, in words. One that was cut short before it ran a program
/// may have run it in another run.
fn told(node: &Node, is_cut: bool, name: &dyn Fn(usize) -> String) -> Vec<String> {
    let mut told = Vec::new();
    let mut collected: Vec<String> = Vec::new();
    let mut got: Vec<String> = Vec::new();
    for deed in &node.deeds {
        if let Deed::Got(..) = deed {
            // Between which of its own deeds a signal reaches it is a race.
            got.push(deed.told(name));
            continue;
        }
        if let Deed::Collected(_) = deed {
            collected.push(deed.told(name));
            continue;
        }
        if is_cut && matches!(deed, Deed::Ran(_)) {
            continue;
        }
        // In which order it collects those that are ready may differ.
        collected.sort();
        told.append(&mut collected);
        told.push(deed.told(name));
    }
    collected.sort();
    told.append(&mut collected);
    got.sort();
    told.append(&mut got);
    told
}

/// The X-ray without the claims that are left of an earlier deadlock: when a limit of
/// one process has ended it, the others wait as before, and whether a look comes before
/// they are ended is chance.
fn without_leftovers(events: &[Event]) -> XRay {
    let mut found: Vec<BTreeSet<Pid>> = Vec::new();
    let mut events = events.to_vec();
    for event in &mut events {
        let Kind::Seen(seen) = &mut event.kind else {
            continue;
        };
        let Some(deadlock) = &seen.deadlock else {
            continue;
        };
        let stuck: BTreeSet<_> = deadlock.stuck.iter().copied().collect();
        let is_left_of = |it: &BTreeSet<_>| stuck.len() < it.len() && stuck.is_subset(it);
        if found.iter().any(is_left_of) {
            seen.deadlock = None;
        } else {
            found.push(stuck);
        }
    }
    XRay::of(TITLE, &events)
}

/// Rows in which nothing happened are there in one run and not in the next, but
/// for a deadlock, and the row at which a page opens.
fn quiet(recorded: &[Event], new: &[Event]) -> Vec<String> {
    let (then, now) = (without_leftovers(recorded), without_leftovers(new));
    let deadlocks = |xray: &XRay| {
        let rows = xray.rows().iter().filter(|it| it.kind == RowKind::Deadlock);
        rows.map(|it| masked::masked(&it.text)).collect::<Vec<_>>()
    };
    let mut differences = Vec::new();
    if let Some(difference) = first_difference(&deadlocks(&then), &deadlocks(&now)) {
        differences.push(format!("of deadlocks {difference}"));
    }
    let opened = then
        .opening(None)
        .ok()
        .and_then(|n| then.rows().get(n as usize));
    if let Some(row) = opened.filter(|it| it.kind == RowKind::Seen) {
        let text = masked::masked(&row.text);
        let rows = now.rows().iter().filter(|it| it.kind == RowKind::Seen);
        let shown: Vec<&str> = rows.map(|it| &*it.text).collect();
        if !shown.iter().any(|it| masked::masked(it) == text) {
            differences.push(format!(
                "no quiet row shows, as the recording does: {}; this run's quiet rows: {}",
                row.text,
                shown.join(" / ")
            ));
        }
    }
    differences
}
