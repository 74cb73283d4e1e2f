//! The page, and a row of it.

use crate::table::{self, Row};
use anyhow::Context;

pub const PAGE: &str = "surroundings.md";

pub fn row(heading: &str, begins: &str) -> anyhow::Result<Row> {
    let mut rows = table::rows(PAGE, heading)?.into_iter();
    rows.find(|row| row[0].starts_with(begins))
        .with_context(|| format!("no row {begins:?} below {heading:?}"))
}
