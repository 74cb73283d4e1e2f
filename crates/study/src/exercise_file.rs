//! The reader's own file of an exercise: made when it is first opened, and then theirs.
//! Two servers and a terminal may write it at once.

use crate::progress_file::ProgressFile;
use crate::replace::{lock, replace};
use recording::catalogue::Exercise;
use std::fs::File;
use std::path::Path;

/// Locks the exercises of the book at `root`, after waiting until nobody else does:
/// nobody else changes one until the lock is dropped.
///
/// # Errors
/// The lock cannot be made.
pub fn lock_exercises(root: &Path) -> anyhow::Result<File> {
    lock(&root.join("target/exercises.lock"))
}

/// Makes the reader's own file from the one that the book gives, unless it is there.
///
/// # Errors
/// It cannot be written.
pub fn open(root: &Path, exercise: &Exercise) -> anyhow::Result<()> {
    let own = root.join(exercise.name.file());
    if own.exists() {
        return Ok(());
    }
    let _locked = lock_exercises(root)?;
    // Somebody may have made it meanwhile.
    match own.exists() {
        true => Ok(()),
        false => replace(&own, exercise.given.as_bytes()),
    }
}

/// Replaces the reader's own file by the one that the book gives, and forgets that
/// the exercise has passed, and its hints.
///
/// # Errors
/// A file cannot be written.
pub fn give_back(
    root: &Path,
    exercise: &Exercise,
    progress_file: &ProgressFile,
) -> anyhow::Result<()> {
    let locked = lock_exercises(root)?;
    replace(&root.join(exercise.name.file()), exercise.given.as_bytes())?;
    drop(locked);
    progress_file.change(|progress| progress.forget(&exercise.name))
}
