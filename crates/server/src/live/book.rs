//! The book that is open.

use super::current::Current;
use super::rendering::Rendering;
use super::runnable::Runnable;
use crate::ending::Ending;
use recording::Archive;
use run::LockedFolder;
use std::path::PathBuf;
use study::ProgressFile;
use tempfile::TempDir;

/// The book at `root`, as it is now.
pub struct Book {
    pub(crate) root: PathBuf,
    /// If it was packed: then nothing of it is built, and no source is watched.
    pub(crate) archive: Option<Archive>,
    pub(crate) rendering: Current<Rendering>,
    pub(crate) runnable: Current<Runnable>,
    pub(crate) progress: ProgressFile,
    /// `target/live/N`, where its renderings lie.
    folder: LockedFolder,
}

impl Book {
    /// Renders the book at `root`, whose chapters are built.
    ///
    /// # Errors
    /// The book has problems, or a file cannot be read or written.
    pub fn open(root: PathBuf, runnable: Runnable) -> anyhow::Result<Book> {
        let folder = LockedFolder::claim(&root.join("target/live"))?;
        Ok(Book {
            rendering: Current::new(Rendering::of(&root, &folder)?),
            runnable: Current::new(runnable),
            progress: ProgressFile::of(&root),
            folder,
            root,
            archive: None,
        })
    }

    /// The book in an archive, as it was packed.
    ///
    /// # Errors
    /// A file of it cannot be read, or no folder can be made in it.
    pub fn of_archive(archive: Archive) -> anyhow::Result<Book> {
        let root = archive.root.clone();
        Ok(Book {
            rendering: Current::new(Rendering::of_archive(&archive)?),
            runnable: Current::new(Runnable::of_archive(&archive)?),
            progress: ProgressFile::of(&root),
            folder: LockedFolder::claim(&root.join("target/live"))?,
            root,
            archive: Some(archive),
        })
    }

    /// Compiles the chapters anew, unless `ending` ends that.
    ///
    /// # Errors
    /// A chapter does not compile: the compiler's messages.
    pub(crate) fn rebuild(&self, ending: &Ending) -> anyhow::Result<()> {
        let built = self.runnable.get().rebuild(&self.root, ending)?;
        self.runnable.set(built);
        Ok(())
    }

    /// Renders the book again, as its files are now.
    ///
    /// # Errors
    /// As [`Book::open`]; the last rendering is then kept.
    pub(crate) fn render_anew(&self) -> anyhow::Result<()> {
        self.rendering.set(Rendering::of(&self.root, &self.folder)?);
        Ok(())
    }

    /// An empty folder, removed when it is dropped; if this process is killed,
    /// by the next one that opens the book.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn temporary_folder(&self) -> anyhow::Result<TempDir> {
        self.folder.temporary()
    }
}
