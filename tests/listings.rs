//! Every listing, run again, does what its recording shows, and draws what
//! stays with it.

use libtest_mimic::Trial;
use recording::catalogue::ListingName;
use tests::book::{longest_first, rerun};
use tests::harness;

fn main() {
    let arguments = harness::arguments();
    let tests = longest_first().into_iter().map(comes_out_as_recorded);
    libtest_mimic::run(&arguments, tests.collect()).exit();
}

fn comes_out_as_recorded(listing: ListingName) -> Trial {
    harness::of_output(listing.to_string(), &listing.clone(), move || {
        rerun(&listing).map(|_| ())
    })
}
