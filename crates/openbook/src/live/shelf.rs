//! The listings that can be run, and the binaries that they are in.

use crate::runs::Ending;
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
        Shelf::with(root, |names| Chapters::build(root, names))
    }

    /// Builds the chapters after a change. The end of the server, by `ending`,
    /// is the end of every compiler.
    ///
    /// # Errors
    /// As [`Shelf::build`].
    pub(crate) fn rebuild(&self, root: &Path, ending: &Ending) -> anyhow::Result<Shelf> {
        let began = |control| ending.may_end(control);
        Shelf::with(root, |names| self.chapters.rebuild(root, names, began))
    }

    fn with(
        root: &Path,
        build: impl FnOnce(BTreeSet<&str>) -> anyhow::Result<Chapters>,
    ) -> anyhow::Result<Shelf> {
        let listings = ListingName::all(root)?;
        let chapters = build(listings.iter().map(|it| it.chapter.as_str()).collect())?;
        Ok(Shelf {
            chapters,
            listings,
            exercises: ExerciseName::all(root)?,
        })
    }
}
