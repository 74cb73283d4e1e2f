//! Where the book lies.

use anyhow::{Context, bail};
use listing::place;
use recording::Archive;
use std::env;
use std::path::PathBuf;

/// What the book's folder has in it.
const HOLDING: [&str; 2] = ["book.toml", "chapters-code"];

/// The archive that this program was unpacked with; `None` for a program that Cargo
/// has built.
///
/// # Errors
/// The archive's mark cannot be read.
pub(crate) fn archive() -> anyhow::Result<Option<Archive>> {
    let program = env::current_exe().context("finding this program's own file")?;
    match program.parent() {
        Some(folder) => Ok(Archive::at(folder)?),
        None => Ok(None),
    }
}

/// The folder with `book.toml`: the nearest at or above the working
/// directory, so that openbook works from any folder of the checkout; else
/// the checkout that this program lies in, or that Cargo runs it from.
///
/// # Errors
/// There is no such folder, or this program is an archive's.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    if archive()?.is_some() {
        bail!(
            "this command needs Rust and the book's source, and an archive has neither: `./open` \
             alone opens the book, whose introduction says how to get both"
        );
    }
    let here = env::current_dir()?;
    let found = place::above(&here, &HOLDING).or_else(|| place::book(&HOLDING));
    found.with_context(|| {
        format!(
            "found no book.toml in {} or above it: go to the book's checkout",
            here.display()
        )
    })
}
