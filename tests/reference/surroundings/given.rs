//! "What it is given": the listing, started in each of the ways.

use super::case::{self, Case};
use super::page::{PAGE, row};
use super::running;
use crate::table;
use anyhow::ensure;
use libtest_mimic::Trial;
use tests::harness;

const HEADING: &str = "What it is given";
const FILE: &str = "given";

pub fn tests() -> Vec<Trial> {
    let whole = harness::test(
        "surroundings: each way to be started is a case",
        rows_and_cases,
    );
    let each = case::read(FILE)
        .into_iter()
        .map(|case| running::trial(&case.clone(), move || is_given(&case)));
    [whole].into_iter().chain(each).collect()
}

fn rows_and_cases() -> anyhow::Result<()> {
    let rows = table::rows(PAGE, HEADING)?;
    let rows: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
    let cases: Vec<_> = case::read(FILE).into_iter().map(|it| it.row).collect();
    ensure!(rows == cases, "the rows {rows:?}, the cases {cases:?}");
    Ok(())
}

/// What the listing says of itself is what the row says.
fn is_given(case: &Case) -> anyhow::Result<()> {
    let row = row(HEADING, &case.row)?;
    let running = running::run(case)?;
    let (given, said) = (running.printed.trim(), running.complained);
    ensure!(
        given == row[1],
        "it was given {given:?}, and not {:?}; {said}",
        row[1]
    );
    Ok(())
}
