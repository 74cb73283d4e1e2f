//! The server over HTTP: every listing of the book, and in a scratch book what
//! no listing of the book does.

mod edited_listings;
mod edits;
mod edits_in_bounds;
mod ends;
mod listings;
mod odd_requests;
mod odd_runs;
mod openings;
mod servers;
mod strangers;
mod studies;

use libtest_mimic::{Arguments, Trial};
use tests::trial;

fn main() {
    let mut arguments = Arguments::from_args();
    // A server runs four listings at once, and has a fifth wait.
    arguments.test_threads.get_or_insert(4);
    let trials = [
        listings::trials(),
        odd_runs::trials(),
        ends::trials(),
        strangers::trials(),
        odd_requests::trials(),
        openings::trials(),
        edits::trials(),
        edited_listings::trials(),
        edits_in_bounds::trials(),
        studies::trials(),
    ];
    let conclusion = libtest_mimic::run(&arguments, trials.into_iter().flatten().collect());
    // A static is not dropped, and a server would stay.
    servers::stop();
    conclusion.exit();
}

/// A trial, by a name that is a sentence.
fn test(name: &str, trial: fn() -> anyhow::Result<()>) -> Trial {
    Trial::test(name, move || trial().map_err(trial::failed))
}

/// A trial that looks at processes as only Linux shows them.
fn linux_test(name: &str, trial: fn() -> anyhow::Result<()>) -> Trial {
    match cfg!(target_os = "linux") {
        true => test(name, trial),
        false => trial::skipped(name, "no /proc"),
    }
}
