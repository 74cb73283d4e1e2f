//! The appendix "Reference" holds: each row of its tables is made to happen, and
//! what the page says of it is compared with what happened.

#[cfg(target_os = "linux")]
mod errors_of_a_start;
#[cfg(target_os = "linux")]
mod exit_statuses;
#[cfg(target_os = "linux")]
mod loopback;
#[cfg(target_os = "linux")]
mod programs;
#[cfg(target_os = "linux")]
mod readers;
#[cfg(target_os = "linux")]
mod surroundings;
#[cfg(target_os = "linux")]
mod table;
#[cfg(target_os = "linux")]
mod tried;
#[cfg(target_os = "linux")]
mod what_goes_over;

use libtest_mimic::Trial;
use tests::harness;

fn main() {
    let arguments = harness::arguments();
    libtest_mimic::run(&arguments, tests()).exit();
}

#[cfg(target_os = "linux")]
fn tests() -> Vec<Trial> {
    let pages = [
        what_goes_over::tests(),
        errors_of_a_start::tests(),
        exit_statuses::tests(),
        programs::tests(),
        readers::tests(),
        surroundings::tests(),
    ];
    pages.into_iter().flatten().collect()
}

#[cfg(not(target_os = "linux"))]
fn tests() -> Vec<Trial> {
    vec![harness::skipped("reference", "the tables are of Linux")]
}
