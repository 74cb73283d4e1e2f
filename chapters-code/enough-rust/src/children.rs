//! The appendix's child, `enough-rust child no_such_help`: a `main` that ends
//! with an error. The page shows it.

// ANCHOR: no_such_help
use anyhow::Context;
use duct::cmd;

pub(crate) fn no_such_help() -> anyhow::Result<()> {
    let wine = cmd!("sommelier").read().context("choosing the wine")?;
    println!("we drink {wine}");
    Ok(())
}
// ANCHOR_END: no_such_help
