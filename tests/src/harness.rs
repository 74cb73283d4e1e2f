//! Tests that run side by side, and that say visibly when one was skipped, and
//! why.

use crate::book::{is_compared_here, recorded_seconds, settings};
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use recording::Mask;
use recording::catalogue::ListingName;
use run::missing_tools;
use std::env;
use std::process::ExitCode;

/// With this variable set, as in CI, a skip is a failure.
const REQUIRE_ALL: &str = "BOOK_REQUIRE_ALL";

/// How many tests run at once. Most of a test's time is waiting: for a listing
/// that sleeps, or for a program that the test started.
const AT_ONCE: usize = 4;

/// The status of a test program in which a test has failed, as libtest has it.
const FAILED: u8 = 101;

/// The command line of a test program whose tests wait. `--test-threads` says
/// otherwise.
pub fn arguments() -> Arguments {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(AT_ONCE);
    arguments
}

/// What a listing does for the most part of its run.
#[derive(Clone, Copy, PartialEq)]
enum Pace {
    /// It measures how long something takes, and prints that.
    Measures,
    /// It sleeps, or waits for a child that does: most that run for so long.
    Waits,
    /// It starts, computes and is over.
    Computes,
}

impl Pace {
    /// In this order, and how many run at once. With eight, among them some that
    /// computed, a listing that measures how long twenty children take to start
    /// found a second where it takes a third of one.
    const ALL: [(Pace, usize); 3] = [
        (Pace::Measures, 2),
        (Pace::Waits, 12),
        (Pace::Computes, AT_ONCE),
    ];

    fn of(listing: &ListingName) -> Pace {
        if settings(listing).masks.contains(&Mask::Duration) {
            Pace::Measures
        } else if recorded_seconds(listing) > 0.5 {
            Pace::Waits
        } else {
            Pace::Computes
        }
    }
}

/// Runs a test for each of these listings: beside each other only those that do
/// the same, so that none is late because another computes.
pub fn run_for_each(listings: Vec<ListingName>, test: impl Fn(ListingName) -> Trial) -> ExitCode {
    let arguments = Arguments::from_args();
    let mut has_failed = false;
    for (pace, at_once) in Pace::ALL {
        let mut arguments = arguments.clone();
        arguments.test_threads.get_or_insert(at_once);
        let tests = listings.iter().filter(|it| Pace::of(it) == pace);
        let tests = tests.cloned().map(&test).collect();
        has_failed |= libtest_mimic::run(&arguments, tests).has_failed();
    }
    match has_failed {
        true => ExitCode::from(FAILED),
        false => ExitCode::SUCCESS,
    }
}

/// A test of a listing's output, which needs the listing's programs, and the
/// recording's platform or a listing that is marked portable.
pub fn of_output(
    name: impl Into<String>,
    listing: &ListingName,
    run: impl FnOnce() -> anyhow::Result<()> + Send + 'static,
) -> Trial {
    if !is_compared_here(listing) {
        return skipped(name, "not compared, recorded on another platform");
    }
    needing(name, &missing_tools(&settings(listing).needs), run)
}

/// A test, by a name that is a sentence.
pub fn test(name: &str, run: fn() -> anyhow::Result<()>) -> Trial {
    Trial::test(name, move || run().map_err(failed))
}

/// A test that looks at processes as only Linux shows them.
pub fn linux_test(name: &str, run: fn() -> anyhow::Result<()>) -> Trial {
    match cfg!(target_os = "linux") {
        true => test(name, run),
        false => skipped(name, "no /proc"),
    }
}

/// A test that needs some programs. Where one of them is missing it counts
/// as ignored, and its line says what it misses.
pub fn needing(
    name: impl Into<String>,
    missing: &[&str],
    run: impl FnOnce() -> anyhow::Result<()> + Send + 'static,
) -> Trial {
    if missing.is_empty() {
        return Trial::test(name, || run().map_err(failed));
    }
    let missing = missing.join(" and ");
    if env::var_os(REQUIRE_ALL).is_some() {
        let refusal = format!("{missing} missing, and {REQUIRE_ALL} is set");
        return Trial::test(name, move || Err(refusal.into()));
    }
    skipped(name, &format!("no {missing}"))
}

/// A test that cannot run here: `test [skipped: no ffmpeg] … ignored`,
/// whatever flags ask for ignored tests.
pub fn skipped(name: impl Into<String>, why: &str) -> Trial {
    let ignored = || Ok(Completion::Ignored { reason: None });
    Trial::ignorable_test(name, ignored).with_kind(format!("skipped: {why}"))
}

/// The whole chain of causes, as a test's message.
pub fn failed(error: anyhow::Error) -> Failed {
    format!("{error:#}").into()
}
