//! The book that is open.

use super::compiled::{Compiled, TRACER};
use super::current::Current;
use super::rendering::Rendering;
use super::runnable::Runnable;
use super::tracer;
use super::work_folder::WorkFolder;
use crate::ending::Ending;
use crate::queue::Queue;
use recording::Archive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use study::ProgressFile;
use tempfile::TempDir;
use tokio::runtime::Handle;

/// The book at `root`, as it is now.
pub struct Book {
    pub(crate) root: PathBuf,
    /// If it was packed: then nothing of it is built, and no source is watched.
    pub(crate) archive: Option<Archive>,
    pub(crate) rendering: Current<Rendering>,
    pub(crate) runnable: Current<Runnable>,
    pub(crate) compiled: Compiled,
    /// One build at a time: they share a target folder, which Cargo locks.
    pub(crate) builds: Arc<Queue>,
    pub(crate) progress: ProgressFile,
    /// The last to go: what the others made lies in it.
    pub(crate) work: WorkFolder,
}

impl Book {
    /// Renders the book at `root`, whose chapters are still to be built.
    ///
    /// # Errors
    /// The book has problems, or a file cannot be read or written.
    pub fn open(root: PathBuf, runnable: Runnable) -> anyhow::Result<Book> {
        let work = WorkFolder::of_checkout(&root)?;
        let chapters = runnable.names().into_iter().map(str::to_owned);
        let tracer = tracer::is_missing(&root).is_none();
        let packages = chapters.chain(tracer.then(|| TRACER.to_owned()));
        Ok(Book {
            rendering: Current::new(Rendering::of(&root, &work.live)?),
            compiled: Compiled::none_of(packages),
            builds: Arc::new(Queue::new(1)),
            runnable: Current::new(runnable),
            progress: ProgressFile::of(&root),
            work,
            root,
            archive: None,
        })
    }

    /// The book in an archive, as it was packed.
    ///
    /// # Errors
    /// A file of it cannot be read, or no folder be made, in it or elsewhere.
    pub fn of_archive(archive: Archive) -> anyhow::Result<Book> {
        let root = archive.root.clone();
        let work = WorkFolder::of_archive(&root)?;
        Ok(Book {
            rendering: Current::new(Rendering::of_archive(&archive)?),
            runnable: Current::new(Runnable::of_archive(&archive, work.path())?),
            compiled: Compiled::none_of([]),
            builds: Arc::new(Queue::new(1)),
            progress: ProgressFile::of(&root),
            work,
            root,
            archive: Some(archive),
        })
    }

    /// Builds one package, unless `ending` ends that. Only who has a permit of `builds`
    /// builds.
    ///
    /// # Errors
    /// It does not compile: the compiler's messages.
    pub(super) fn build(&self, package: &str, ending: &Ending) -> anyhow::Result<()> {
        let built = self.runnable.get().build(&self.root, package, ending)?;
        self.runnable.set(built);
        Ok(())
    }

    /// Compiles the chapters anew that are built, when no other build runs, unless `ending`
    /// ends that. The others are built of what is saved.
    ///
    /// # Errors
    /// A chapter does not compile: the compiler's messages.
    pub(crate) fn rebuild(&self, runtime: &Handle, ending: &Ending) -> anyhow::Result<()> {
        let permit = runtime.block_on(self.builds.silent_permit());
        permit.does("what was saved");
        self.compiled.retry();
        let is_built = |chapter: &str| self.compiled.is_built(chapter);
        let built = self.runnable.get();
        let built = built.rebuild(&self.root, is_built, ending)?;
        self.runnable.set(built);
        Ok(())
    }

    /// Where the tracer is, once it is built.
    ///
    /// # Errors
    /// There is none here: why.
    pub(crate) fn tracer(&self) -> Result<PathBuf, String> {
        let runnable = self.runnable.get();
        let tracer = runnable.chapters.binary(TRACER).map(Path::to_path_buf);
        tracer.map_err(|error| match tracer::is_missing(&self.root) {
            Some(why) => why.to_owned(),
            None => error.to_string(),
        })
    }

    /// Renders the book again, as its files are now.
    ///
    /// # Errors
    /// As [`Book::open`]; the last rendering is then kept.
    pub(crate) fn render_anew(&self) -> anyhow::Result<()> {
        self.rendering
            .set(Rendering::of(&self.root, &self.work.live)?);
        Ok(())
    }

    /// An empty folder, removed when it is dropped; if this process is killed,
    /// by the next one that opens the book in the same work folder.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn temporary_folder(&self) -> anyhow::Result<TempDir> {
        self.work.live.temporary()
    }
}
