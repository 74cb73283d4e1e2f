//! What the tracer tells of the book's own listings.

mod as_without;
mod awake;
mod deadlocked;
mod listings;
mod solutions;

use anyhow::ensure;
use deadlocked::{DEADLOCKED, LOOK_SO};
use libtest_mimic::Trial;
use std::process::ExitCode;
use tests::{book, harness};

fn main() -> ExitCode {
    let arguments = harness::arguments();
    let mut tests = vec![Trial::test("the list names listings, each once", || {
        names_listings().map_err(harness::failed)
    })];
    tests.extend(as_without::tests());
    tests.extend(awake::tests());
    tests.extend(solutions::tests());
    let of_others = libtest_mimic::run(&arguments, tests);
    // Beside each other only listings that do the same, by themselves.
    let of_listings = listings::run_all();
    match of_others.has_failed() {
        true => of_others.exit_code(),
        false => of_listings,
    }
}

fn names_listings() -> anyhow::Result<()> {
    let deadlocked = DEADLOCKED.iter().map(|it| it.listing);
    let mut named: Vec<_> = deadlocked
        .chain(LOOK_SO.iter().map(|it| it.listing))
        .collect();
    let listings: Vec<_> = book::listings().iter().map(ToString::to_string).collect();
    for name in &named {
        ensure!(listings.iter().any(|it| it == name), "no listing {name}");
    }
    for listing in DEADLOCKED {
        let deadlocks = deadlocked::of(listing.listing);
        ensure!(!deadlocks.is_empty(), "{}: of whom?", listing.listing);
    }
    named.sort_unstable();
    let twice = named.windows(2).find(|two| two[0] == two[1]);
    ensure!(twice.is_none(), "twice: {twice:?}");
    let reasons = LOOK_SO.iter().all(|it| !it.why_not.is_empty());
    ensure!(reasons, "a listing that only looks so has a reason");
    Ok(())
}
