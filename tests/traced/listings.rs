//! Every listing under the tracer: it prints and ends as recorded, and the
//! deadlocks that are claimed are those of the list, each, and no other.

use crate::deadlocked::{self, LISTING};
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use recording::catalogue::{ListingName, Settings};
use recording::compare::{Verdict, verdict};
use recording::traced::{Deadlock, Did, Pid};
use recording::{Event, Kind, Recording};
use std::collections::{BTreeSet, HashMap};
use std::process::ExitCode;
use tests::book::{chapters, longest_first, root};
use tests::harness;
use tests::trees::shape::program;
use tests::trees::told;

/// It counts how often a `sleep` is woken that it has seen asleep. Traced, that one
/// sleeps a moment in each call that is told, too, before it comes to its own sleep:
/// so it may count one more.
const ASKS_FOR_A_STATE: &str = "chapter0/a_sleeper";

/// By how much a call's limit may be above the one that the listing names: tokio
/// counts in whole milliseconds of its own clock and rounds up, so that half a second
/// becomes a poll of 501 ms where it began late in one of them.
const ROUNDED_UP_MS: f64 = 1.0;

pub fn run_all() -> ExitCode {
    harness::run_for_each(longest_first(), test)
}

fn test(listing: ListingName) -> Trial {
    harness::of_output(listing.to_string(), &listing.clone(), move || {
        is_as_without(&listing)
    })
}

fn is_as_without(listing: &ListingName) -> anyhow::Result<()> {
    let settings = Settings::read(&root(), listing)?;
    let traced = Settings {
        xray: true,
        ..settings.clone()
    };
    let events = chapters().start(listing, &traced)?.run.to_end()?;
    let untraced = events.iter().find_map(|event| match &event.kind {
        Kind::Untraced { why } => Some(why),
        _ => None,
    });
    ensure!(untraced.is_none(), "it was not traced: {untraced:?}");
    let recording = Recording::read(&root(), listing)?;
    let verdict = verdict(&recording, &events, &settings);
    let is_compared = listing.to_string() != ASKS_FOR_A_STATE;
    if let Verdict::Differs(differences) = verdict
        && is_compared
    {
        anyhow::bail!("{}", differences.join("\n"));
    }
    let claimed = claims(&events)?;
    let expected = deadlocked::of(&listing.to_string());
    let fits = claimed.len() == expected.len();
    let fits = fits
        && claimed.iter().zip(expected).all(|(claim, it)| {
            let most_ms = f64::from(it.limit_ms) + ROUNDED_UP_MS;
            claim.stuck == it.stuck && claim.limit_ms <= most_ms
        });
    let expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
    ensure!(fits, "claimed: {claimed:?}\nby reading: {expected:?}");
    Ok(())
}

/// A deadlock that was claimed, by the names of its programs.
#[derive(Debug)]
struct Claim {
    stuck: Vec<String>,
    limit_ms: f64,
}

/// The deadlocks that were claimed, each once, however often it was seen.
fn claims(events: &[Event]) -> anyhow::Result<Vec<Claim>> {
    let root = told::root(events).context("it never started")?;
    let mut programs = HashMap::new();
    let mut known: Vec<BTreeSet<Pid>> = Vec::new();
    let mut claims = Vec::new();
    for event in events {
        match &event.kind {
            Kind::Process(process) => match &process.did {
                Did::Executed { argv, .. } => {
                    programs.insert(process.pid, program(argv).to_owned());
                }
                Did::Spawned { child, .. } => {
                    let inherited = programs.get(&process.pid).cloned();
                    programs.insert(*child, inherited.unwrap_or_default());
                }
                _ => {}
            },
            Kind::Seen(seen) => {
                if let Some(deadlock) = &seen.deadlock {
                    let stuck: BTreeSet<Pid> = deadlock.stuck.iter().copied().collect();
                    // When a limit has ended a deadlock, its others may be seen to wait on.
                    if !known.iter().any(|it| stuck.is_subset(it)) {
                        claims.push(claim(deadlock, root, &programs)?);
                        known.push(stuck);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(claims)
}

fn claim(deadlock: &Deadlock, root: Pid, programs: &HashMap<Pid, String>) -> anyhow::Result<Claim> {
    let limit = deadlock.limits.iter().find(|limit| limit.pid == root);
    let limit = limit.with_context(|| format!("the listing waits for ever: {deadlock:?}"))?;
    let name = |pid: &Pid| match *pid == root {
        true => LISTING.to_owned(),
        false => programs.get(pid).cloned().unwrap_or_default(),
    };
    let mut stuck: Vec<_> = deadlock.stuck.iter().map(name).collect();
    stuck.sort();
    Ok(Claim {
        stuck,
        limit_ms: limit.ms,
    })
}
