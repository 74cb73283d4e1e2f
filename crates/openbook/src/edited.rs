//! Listings that a reader has edited in the page: each is compiled in a copy of
//! its chapter, and the book's own files never change.

mod build;
mod chapter;
mod entry;
mod manifest;
mod program;

pub(crate) use program::Program;

use crate::live::Shelf;
use crate::runs::{Ending, Queue};
use anyhow::Context;
use recording::catalogue::ListingName;
use run::LockedFolder;
use run::cargo::Diagnostic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The longest listing that is taken, in bytes.
pub(crate) const LONGEST: usize = 64 * 1024;

pub(crate) use build::LONGEST as LONGEST_BUILD;

/// What a reader agrees to before anything that they wrote runs.
pub(crate) const CONSENT: &str = "Edited code runs as you, on this machine, with all that you may \
    do: read, write and delete your files, and reach the network. Run only what you understand.";

/// What edits need, and whether they may run.
pub(crate) struct Edits {
    root: PathBuf,
    /// `target/edited/N`, taken when the first edit is run. The next server takes
    /// it over with the copies in it: Cargo tells a package by its path, so in a
    /// folder of another name it would compile everything anew, and keep that.
    folder: Mutex<Option<Arc<LockedFolder>>>,
    /// One build at a time: they share a target folder, which Cargo locks.
    pub(crate) builds: Arc<Queue>,
    consented: AtomicBool,
}

impl Edits {
    pub(crate) fn new(root: PathBuf) -> Edits {
        Edits {
            root,
            folder: Mutex::default(),
            builds: Arc::new(Queue::new(1)),
            consented: AtomicBool::new(false),
        }
    }

    /// The reader has agreed to [`CONSENT`]; it holds until the server ends.
    pub(crate) fn consent(&self) {
        self.consented.store(true, Ordering::Relaxed);
    }

    pub(crate) fn may_run(&self) -> bool {
        self.consented.load(Ordering::Relaxed)
    }

    /// Makes an edited listing a program that can be started. `tell` hears what
    /// the compiler says; `ending` can end it.
    ///
    /// # Errors
    /// It does not compile, or not in time, or a file cannot be written.
    pub(crate) fn program(
        &self,
        listing: &ListingName,
        source: &str,
        shelf: &Shelf,
        ending: &Ending,
        mut tell: impl FnMut(Diagnostic),
    ) -> anyhow::Result<Program> {
        let folder = self.folder()?;
        let chapters = &shelf.chapters;
        let book = chapters.binary(&listing.chapter)?;
        if listing.is_python() {
            // Nothing of it is compiled: the chapter as it is will find it.
            let program = Program::with(book, &listing.chapter, &folder)?;
            program.bring_python(&self.root, listing, source)?;
            return Ok(program);
        }
        let copy = chapter::copy(&self.root, folder.path(), listing, source)?;
        let build = build::of_copy(&copy, listing, target_folder(book)?);
        let may_end = |control| ending.may_end(control);
        let mut without_main = entry::missing(source);
        let lacks_main = without_main.is_some();
        let tell = |said: Diagnostic| match said.place {
            // The chapter does not find its `main`, and says so in its own files.
            None if lacks_main => {
                if let Some(ours) = without_main.take() {
                    tell(ours);
                }
            }
            _ => tell(said),
        };
        let binary = build.executable(chapters.supervisor()?, may_end, tell)?;
        Program::with(&binary, &listing.chapter, &folder)
    }

    fn folder(&self) -> anyhow::Result<Arc<LockedFolder>> {
        let mut folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = &*folder {
            return Ok(Arc::clone(folder));
        }
        let claimed = LockedFolder::claim(&self.root.join("target/edited"))?;
        Ok(Arc::clone(folder.insert(Arc::new(claimed))))
    }
}

/// Where Cargo has built a binary: it lies in `TARGET/PROFILE`.
fn target_folder(binary: &Path) -> anyhow::Result<&Path> {
    let folder = binary.parent().and_then(Path::parent);
    folder.with_context(|| format!("{} lies in no target folder", binary.display()))
}
