//! The page, and its rows.

use crate::table::{self, Row};
use anyhow::{Context, ensure};

pub const PAGE: &str = "programs-as-children.md";

/// The rows' first cells are these, in this order: no row is without its test.
pub fn each_row(heading: &str, tested: &[&str]) -> anyhow::Result<()> {
    let rows = table::rows(PAGE, heading)?;
    let seen: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
    ensure!(seen == tested, "{heading}: {seen:?}, and tested {tested:?}");
    Ok(())
}

/// The row whose first cell this is.
pub fn row(heading: &str, first: &str) -> anyhow::Result<Row> {
    table::row(PAGE, heading, |it| it == first).context(first.to_owned())
}
