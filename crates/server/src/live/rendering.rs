//! One rendering of the book, in a folder of its own: half a book is never
//! served, and what was read from the one before stays whole.

use super::content_security::ContentSecurity;
use crate::render::build_live_book;
use crate::rendered::Pages;
use crate::search::LaterIndex;
use recording::Archive;
use run::LockedFolder;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A rendered book.
pub(crate) struct Rendering {
    folder: Folder,
    pub(crate) security: ContentSecurity,
    /// The search index, where it does not lie in the folder.
    index: Option<Arc<LaterIndex>>,
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
        let (pages, index) = build_live_book(root, folder.path())?;
        Ok(Rendering {
            folder: Folder::Ours(folder),
            security: ContentSecurity::of(&pages)?,
            index: index.map(LaterIndex::begun),
        })
    }

    /// The one that was packed into an archive.
    ///
    /// # Errors
    /// A page cannot be read.
    pub(crate) fn of_archive(archive: &Archive) -> anyhow::Result<Rendering> {
        let folder = archive.pages();
        Ok(Rendering {
            security: ContentSecurity::of(&Pages::read(&folder)?)?,
            folder: Folder::Packed(folder),
            index: None,
        })
    }

    /// The search index, if that is what stands at this path.
    pub(crate) fn index(&self, path: &str) -> Option<Arc<LaterIndex>> {
        let index = self.index.as_ref();
        index.filter(|it| it.path == path).map(Arc::clone)
    }

    pub(crate) fn folder(&self) -> &Path {
        match &self.folder {
            Folder::Ours(folder) => folder.path(),
            Folder::Packed(folder) => folder,
        }
    }
}
