//! The reader's own file of an exercise. Two servers and a terminal may write it.

use crate::progress::Store;
use crate::replace::{hold, replace};
use recording::catalogue::Exercise;
use std::fs::File;
use std::path::Path;

/// Waits until nobody else changes an exercise of the book at `root`; for so
/// long as what comes back is kept, nobody does.
///
/// # Errors
/// The lock cannot be made.
pub fn hold_exercises(root: &Path) -> anyhow::Result<File> {
    hold(&root.join("target/exercises.lock"))
}

/// Puts the file that the book gives in the place of the reader's own, and
/// forgets what was done with it.
///
/// # Errors
/// A file cannot be written.
pub fn give_back(root: &Path, exercise: &Exercise, store: &Store) -> anyhow::Result<()> {
    let held = hold_exercises(root)?;
    replace(&root.join(exercise.name.file()), exercise.given.as_bytes())?;
    drop(held);
    store.change(|progress| progress.forget(&exercise.name))
}
