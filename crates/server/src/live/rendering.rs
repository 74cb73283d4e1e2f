//! One rendering of the book, in a folder of its own: half a book is never
//! served, and what was read from the one before stays whole.

use super::content_security::ContentSecurity;
use crate::render::build_live_book;
use crate::rendered::Pages;
use recording::Archive;
use run::LockedFolder;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A rendered book.
pub(crate) struct Rendering {
    folder: Folder,
    pub(crate) security: ContentSecurity,
}

/// Where a rendering lies.
enum Folder {
    /// Dropped, it is removed.
    Ours(TempDir),
    /// An archive's.
    Packed(PathBuf),
}

impl Rendering {
    /// Renders the book at `root`.
    ///
    /// # Errors
    /// The book has problems, or a file cannot be read or written.
    pub(crate) fn of(root: &Path, home: &LockedFolder) -> anyhow::Result<Rendering> {
        let folder = home.temporary()?;
        let pages = build_live_book(root, folder.path())?;
        let security = ContentSecurity::of(&pages)?;
        let folder = Folder::Ours(folder);
        Ok(Rendering { folder, security })
    }

    /// The one that was packed into an archive.
    ///
    /// # Errors
    /// A page cannot be read.
    pub(crate) fn of_archive(archive: &Archive) -> anyhow::Result<Rendering> {
        let folder = archive.pages();
        let security = ContentSecurity::of(&Pages::read(&folder)?)?;
        let folder = Folder::Packed(folder);
        Ok(Rendering { folder, security })
    }

    pub(crate) fn folder(&self) -> &Path {
        match &self.folder {
            Folder::Ours(folder) => folder.path(),
            Folder::Packed(folder) => folder,
        }
    }
}
