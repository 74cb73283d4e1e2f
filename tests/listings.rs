//! Every listing, run again, does what its recording shows, and draws what
//! stays with it.

use libtest_mimic::Trial;
use recording::catalogue::ListingName;
use std::process::ExitCode;
use tests::book::{longest_first, rerun};
use tests::harness;

fn main() -> ExitCode {
    harness::run_for_each(longest_first(), comes_out_as_recorded)
}

fn comes_out_as_recorded(listing: ListingName) -> Trial {
    harness::of_output(listing.to_string(), &listing.clone(), move || {
        rerun(&listing).map(|_| ())
    })
}
