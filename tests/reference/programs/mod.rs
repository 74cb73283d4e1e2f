//! "Programs as children".

mod left_behind;
mod page;
mod prompts;
mod signals;
mod stdin;
mod terminals;
mod web;

use self::page::PAGE;
use crate::tried::{self, Number};
use libtest_mimic::Trial;

pub fn tests() -> Vec<Trial> {
    let mut tests = Vec::new();
    for heading in ["The reader leaves", "The disk is full"] {
        tests.extend(tried::rows(PAGE, heading, Number::Status));
    }
    tests.extend(tried::rows_with(
        PAGE,
        "Their statuses",
        Number::Status,
        &web::variables(),
    ));
    tests.extend(stdin::tests());
    tests.extend(prompts::tests());
    tests.extend(signals::tests());
    tests.extend(terminals::tests());
    tests.extend(left_behind::tests());
    tests
}
