//! Where the book lies.

use anyhow::Context;
use listing::place;
use std::env;
use std::path::PathBuf;

/// What the book's folder has in it.
const HOLDING: [&str; 2] = ["book.toml", "chapters-code"];

/// The folder with `book.toml`: the nearest at or above the working
/// directory, so that openbook works from any folder of the checkout; else
/// the checkout that this program lies in, or that Cargo runs it from.
///
/// # Errors
/// There is no such folder.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    let here = env::current_dir()?;
    let found = place::above(&here, &HOLDING).or_else(|| place::book(&HOLDING));
    found.with_context(|| {
        format!(
            "found no book.toml in {} or above it: go to the book's checkout",
            here.display()
        )
    })
}
