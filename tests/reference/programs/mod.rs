//! "Programs as children".

mod left_behind;
mod prompts;
mod signals;
mod stdin;
mod terminals;
mod web;

use crate::table;
use crate::tried::{self, Number};
use anyhow::ensure;
use libtest_mimic::Trial;

const PAGE: &str = "programs-as-children.md";

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

/// The rows' first cells are these, in this order: no row is without its test.
fn each_row(heading: &str, tested: &[&str]) -> anyhow::Result<()> {
    let rows = table::rows(PAGE, heading)?;
    let seen: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
    ensure!(seen == tested, "{heading}: {seen:?}, and tested {tested:?}");
    Ok(())
}

/// The row that begins with this cell.
fn row(heading: &str, first: &str) -> anyhow::Result<table::Row> {
    let rows = table::rows(PAGE, heading)?;
    let mut rows = rows.into_iter().filter(|row| row[0] == first);
    anyhow::Context::context(rows.next(), format!("no row {first}"))
}
