//! Every listing, twenty times over: no flake, nothing left behind, and each
//! mask earns its place. It takes minutes, so it is ignored unless asked for:
//! `cargo test --workspace --test stress -- --ignored`.

use anyhow::{Context, ensure};
use recording::catalogue::ListingName;
use recording::{Mask, compare};
use std::process::ExitCode;
use tests::book::{longest_first, rerun, settings};
use tests::harness;

const RUNS: usize = 20;

fn main() -> ExitCode {
    harness::run_for_each(longest_first(), |listing| {
        let name = format!("{listing} {RUNS} times");
        harness::of_output(name, &listing.clone(), move || twenty_runs(&listing))
            .with_ignored_flag(true)
    })
}

fn twenty_runs(listing: &ListingName) -> anyhow::Result<()> {
    let mut runs = Vec::with_capacity(RUNS);
    for run in 1..=RUNS {
        let events = rerun(listing).with_context(|| format!("run {run}"))?;
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
