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

/// The row that begins with this cell.
pub fn row(heading: &str, first: &str) -> anyhow::Result<Row> {
    let rows = table::rows(PAGE, heading)?;
    let mut rows = rows.into_iter().filter(|row| row[0] == first);
    rows.next().with_context(|| format!("no row {first}"))
}
