//! "Errors of a start".

use crate::table;
use anyhow::ensure;
use libtest_mimic::Trial;
use tests::harness;

const PAGE: &str = "errors-of-a-start.md";

pub fn tests() -> Vec<Trial> {
    vec![harness::test(
        "the loader's table has its rows",
        the_loaders_table,
    )]
}

fn the_loaders_table() -> anyhow::Result<()> {
    let rows = table::rows(PAGE, "The loader")?;
    ensure!(rows.len() > 1, "{rows:?}");
    Ok(())
}
