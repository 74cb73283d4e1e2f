//! One rendering of the book, in a folder of its own: half a book is never
//! served, and what was read from the one before stays whole.

use super::content_security::ContentSecurity;
use crate::render::build_live_book;
use run::LockedFolder;
use std::path::Path;
use tempfile::TempDir;

/// A rendered book; dropped, its folder is removed.
pub(crate) struct Rendering {
    pub(crate) folder: TempDir,
    pub(crate) security: ContentSecurity,
}

impl Rendering {
    /// Renders the book at `root`.
    ///
    /// # Errors
    /// The book has problems, or a file cannot be read or written.
    pub(crate) fn of(root: &Path, home: &LockedFolder) -> anyhow::Result<Rendering> {
        let folder = home.temporary()?;
        build_live_book(root, folder.path())?;
        let security = ContentSecurity::of(folder.path())?;
        Ok(Rendering { folder, security })
    }
}
