//! The server over HTTP: every listing of the book, and in a scratch book what
//! no listing of the book does.

mod edited_listings;
mod edits;
mod edits_in_bounds;
mod ends;
mod forwarded;
mod listings;
mod odd_requests;
mod odd_runs;
mod openings;
mod servers;
mod strangers;
mod studies;
mod unbuilt;
mod ways_in;
mod xrays;

use libtest_mimic::Arguments;

fn main() {
    let mut arguments = Arguments::from_args();
    // A server runs four listings at once, and has a fifth wait.
    arguments.test_threads.get_or_insert(4);
    let tests = [
        listings::tests(),
        odd_runs::tests(),
        ends::tests(),
        strangers::tests(),
        odd_requests::tests(),
        openings::tests(),
        ways_in::tests(),
        forwarded::tests(),
        edits::tests(),
        edited_listings::tests(),
        edits_in_bounds::tests(),
        studies::tests(),
        unbuilt::tests(),
        xrays::tests(),
    ];
    let conclusion = libtest_mimic::run(&arguments, tests.into_iter().flatten().collect());
    // A static is not dropped, and a server would stay.
    servers::stop();
    conclusion.exit();
}
