//! Where the book lies.

use anyhow::bail;
use std::env;
use std::path::{Path, PathBuf};

/// The folder with `book.toml`: the nearest at or above the working
/// directory, so that openbook works from any folder of the checkout; else
/// the checkout that this program was built from.
///
/// # Errors
/// There is no such folder.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    let here = env::current_dir()?;
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = here.ancestors().chain(built_from.ancestors());
    for place in places {
        if place.join("book.toml").is_file() && place.join("chapters-code").is_dir() {
            return Ok(place.to_owned());
        }
    }
    bail!(
        "found no book.toml in {} or above it: go to the book's checkout",
        here.display()
    )
}
