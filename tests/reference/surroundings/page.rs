//! The page, and a row of it.

use crate::table::{self, Row};
use anyhow::Context;

pub const PAGE: &str = "surroundings.md";

pub fn row(heading: &str, begins: &str) -> anyhow::Result<Row> {
    table::row(PAGE, heading, |it| it.starts_with(begins)).context(begins.to_owned())
}
