//! The listings and exercises that can be run, and the binaries of the chapters.

use crate::ending::Ending;
use crate::http::Refusal;
use axum::http::StatusCode;
use recording::Archive;
use recording::catalogue::{ExerciseName, ListingName, did_you_mean};
use run::chapters::Chapters;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::Path;

/// The longest name whose nearest is looked for, in bytes: that takes a time that
/// grows with the name, and everybody waits for it.
const MAX_NAME_BYTES: usize = 100;

/// What a run may start: nothing else can be named.
pub struct Runnable {
    pub(crate) chapters: Chapters,
    listings: Vec<ListingName>,
    exercises: Vec<ExerciseName>,
}

impl Runnable {
    /// The book's at `root`. Has Cargo build what the other builds and the runs need,
    /// and no chapter; its progress goes to stderr.
    ///
    /// # Errors
    /// Something does not compile, or a manifest is not as it should be.
    pub fn unbuilt(root: &Path) -> anyhow::Result<Runnable> {
        Runnable::of(root, Chapters::build(root, [])?)
    }

    /// What an archive has, where nothing is built. Runs have their folders in `work`.
    ///
    /// # Errors
    /// A folder of it cannot be read, or a manifest is not as it should be.
    pub(super) fn of_archive(archive: &Archive, work: &Path) -> anyhow::Result<Runnable> {
        Runnable::of(&archive.root, Chapters::of_archive(archive, work)?)
    }

    /// Builds after a change the chapters that `is_built` names. The end of the server, by
    /// `ending`, is the end of every compiler.
    ///
    /// # Errors
    /// A chapter does not compile, or a manifest is not as it should be.
    pub(super) fn rebuild(
        &self,
        root: &Path,
        is_built: impl Fn(&str) -> bool,
        ending: &Ending,
    ) -> anyhow::Result<Runnable> {
        let began = |control| ending.begun(control);
        let listings = ListingName::all(root)?;
        let chapters = listings.iter().map(|it| &*it.chapter);
        let built = chapters.filter(|chapter| is_built(chapter));
        Ok(Runnable {
            chapters: self.chapters.rebuild(root, built, began)?,
            exercises: ExerciseName::all(root)?,
            listings,
        })
    }

    /// Builds one package more.
    ///
    /// # Errors
    /// It does not compile, or `ending` came first.
    pub(super) fn build(
        &self,
        root: &Path,
        package: &str,
        ending: &Ending,
    ) -> anyhow::Result<Runnable> {
        let began = |control| ending.begun(control);
        Ok(Runnable {
            chapters: self.chapters.rebuild(root, [package], began)?,
            listings: self.listings.clone(),
            exercises: self.exercises.clone(),
        })
    }

    /// The chapters that have listings.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.listings.iter().map(|it| &*it.chapter).collect()
    }

    fn of(root: &Path, chapters: Chapters) -> anyhow::Result<Runnable> {
        Ok(Runnable {
            chapters,
            listings: ListingName::all(root)?,
            exercises: ExerciseName::all(root)?,
        })
    }

    /// The listing, if there is one of that name.
    ///
    /// # Errors
    /// There is none; the nearest.
    pub(crate) fn listing(&self, wanted: ListingName) -> Result<ListingName, Refusal> {
        known("listing", wanted, &self.listings)
    }

    /// The exercise, if there is one of that name.
    ///
    /// # Errors
    /// There is none; the nearest.
    pub(crate) fn exercise(&self, wanted: ExerciseName) -> Result<ExerciseName, Refusal> {
        known("exercise", wanted, &self.exercises)
    }
}

fn known<T: Display + PartialEq>(what: &str, wanted: T, all: &[T]) -> Result<T, Refusal> {
    if all.contains(&wanted) {
        return Ok(wanted);
    }
    let name = wanted.to_string();
    let nearest = match name.len() {
        0..=MAX_NAME_BYTES => did_you_mean(all, &name),
        _ => String::new(),
    };
    let error = format!("the book has no such {what}{nearest}");
    Err(Refusal::new(StatusCode::NOT_FOUND, error))
}
