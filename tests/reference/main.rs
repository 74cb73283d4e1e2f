//! The appendix "Reference" holds: each row of its tables is made to happen, and
//! what the page says of it is compared with what happened.

mod errors_of_a_start;
mod table;

use tests::harness;

fn main() {
    let arguments = harness::arguments();
    let tests = [errors_of_a_start::tests()];
    libtest_mimic::run(&arguments, tests.into_iter().flatten().collect()).exit();
}
