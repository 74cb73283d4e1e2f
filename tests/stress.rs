//! Every listing, twenty times over: no flake, nothing left behind, and each
//! mask earns its place. It takes minutes, so it is ignored unless asked for:
//! `cargo test --workspace --test stress -- --ignored`.

use anyhow::{Context, ensure};
use recording::catalogue::ListingName;
use recording::{Event, Mask, compare};
use std::process::ExitCode;
use tests::book::{longest_first, rerun, settings};
use tests::harness;
use xray::compare::NOT_SEEN;

const RUNS: usize = 20;

fn main() -> ExitCode {
    harness::run_for_each(longest_first(), |listing| {
        let name = format!("{listing} {RUNS} times");
        harness::of_output(name, &listing.clone(), move || twenty_runs(&listing))
            .with_ignored_flag(true)
    })
}

/// A run as recorded. What the tracer sees of those that sleep, it sees when it gets a
/// processor: with all busy a run can be over before. Such a run is tried once more;
/// what is told of it has to hold in both.
fn looked_at(listing: &ListingName) -> anyhow::Result<Vec<Event>> {
    rerun(listing).or_else(|error| match format!("{error:#}") {
        // The second line says how to keep it.
        why if why.starts_with(NOT_SEEN) && why.lines().count() == 2 => rerun(listing),
        _ => Err(error),
    })
}

fn twenty_runs(listing: &ListingName) -> anyhow::Result<()> {
    let mut runs = Vec::with_capacity(RUNS);
    for run in 1..=RUNS {
        let events = looked_at(listing).with_context(|| format!("run {run}"))?;
        runs.push(events);
    }
    let needless = compare::needless_masks(&runs, &settings(listing));
    let needless: Vec<_> = needless.into_iter().map(Mask::name).collect();
    ensure!(
        needless.is_empty(),
        "masks that hid the same in all {RUNS} runs: {}",
        needless.join(", ")
    );
    Ok(())
}
