//! Where an open book makes its files.

use anyhow::Context;
use run::LockedFolder;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The folder `target` of a book, or one in its stead.
pub(crate) struct WorkFolder {
    path: PathBuf,
    /// `live/N` in it, where renderings lie.
    pub(super) live: LockedFolder,
    /// Removed with the open book, after what lies in it. Of a book that is killed it
    /// stays behind.
    _spare: Option<TempDir>,
}

impl WorkFolder {
    /// # Errors
    /// It cannot be made.
    pub(super) fn of_checkout(root: &Path) -> anyhow::Result<WorkFolder> {
        WorkFolder::at(root.join("target"), None)
    }

    /// An archive may lie where its reader must not write: then it is a temporary
    /// folder.
    ///
    /// # Errors
    /// That cannot be made either.
    pub(super) fn of_archive(root: &Path) -> anyhow::Result<WorkFolder> {
        WorkFolder::of_checkout(root).or_else(|error| {
            let spare = TempDir::with_prefix("process-book-");
            let spare = spare.with_context(|| format!("{error:#}; making a temporary folder"))?;
            WorkFolder::at(spare.path().to_owned(), Some(spare))
        })
    }

    fn at(path: PathBuf, spare: Option<TempDir>) -> anyhow::Result<WorkFolder> {
        let live = LockedFolder::claim(&path.join("live"))?;
        Ok(WorkFolder {
            path,
            live,
            _spare: spare,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}
