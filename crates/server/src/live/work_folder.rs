//! Where an open book makes its files.

use anyhow::Context;
use run::LockedFolder;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The folder `target` of a book, or one in its stead.
pub(crate) struct WorkFolder {
    path: PathBuf,
    /// Removed with the open book.
    _spare: Option<TempDir>,
}

impl WorkFolder {
    pub(super) fn of_checkout(root: &Path) -> WorkFolder {
        WorkFolder {
            path: root.join("target"),
            _spare: None,
        }
    }

    /// An archive may lie where its reader must not write: then it is a temporary
    /// folder.
    ///
    /// # Errors
    /// That cannot be made either.
    pub(super) fn of_archive(root: &Path) -> anyhow::Result<WorkFolder> {
        let own = WorkFolder::of_checkout(root);
        if LockedFolder::claim(&own.path.join("live")).is_ok() {
            return Ok(own);
        }
        let spare = TempDir::with_prefix("process-book-").context("making a temporary folder")?;
        Ok(WorkFolder {
            path: spare.path().to_owned(),
            _spare: Some(spare),
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}
