//! The listings that can be run, and the binaries that they are in.

use recording::catalogue::{ExerciseName, ListingName};
use run::chapters::Chapters;
use std::collections::BTreeSet;
use std::path::Path;

/// What a run may start: nothing else can be named.
pub(crate) struct Shelf {
    pub(crate) chapters: Chapters,
    pub(crate) listings: Vec<ListingName>,
    pub(crate) exercises: Vec<ExerciseName>,
}

impl Shelf {
    /// Has Cargo build the chapters; its progress goes to stderr.
    ///
    /// # Errors
    /// A chapter does not compile, or its manifest is not as it should be.
    pub(crate) fn build(root: &Path) -> anyhow::Result<Shelf> {
        let listings = ListingName::all(root)?;
        let names = names(&listings);
        let chapters = Chapters::build(root, names.iter().map(String::as_str))?;
        Ok(Shelf {
            chapters,
            listings,
            exercises: ExerciseName::all(root)?,
        })
    }
}

/// The chapters of some listings.
pub(super) fn names(listings: &[ListingName]) -> BTreeSet<String> {
    listings.iter().map(|name| name.chapter.clone()).collect()
}
