//! Listings that a reader has edited in the page: each is compiled in a copy of
//! its chapter, and the book's own files never change.

mod build;
mod chapter;
mod crates;
mod entry;
mod manifest;
mod program;

pub(crate) use build::BUILD_LIMIT;
pub(crate) use program::Program;

use crate::ending::Ending;
use crate::http::Refusal;
use crate::live::Book;
use anyhow::Context;
use axum::http::StatusCode;
use recording::catalogue::ListingName;
use run::LockedFolder;
use run::cargo::Diagnostic;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::spawn_blocking;

/// The longest file of a reader's that is taken, in bytes.
const MAX_SOURCE_BYTES: usize = 64 * 1024;

/// The longest body of a request with such a file in it, in bytes: JSON writes
/// each line's end and each quotation mark as two.
pub(crate) const MAX_BODY_BYTES: usize = 16 * 1024 + 2 * MAX_SOURCE_BYTES;

/// What a reader agrees to before anything that they wrote runs.
const CONSENT: &str = "Edited code runs as you, on this machine, with all that you may \
    do: read, write and delete your files, and reach the network. Run only what you understand.";

/// What edits need, and whether they may run.
pub(crate) struct Edits {
    book: Arc<Book>,
    /// `edited/N` in the work folder, taken when the first editor is opened, or edit run. The
    /// next server takes it over with the copies in it: Cargo tells a package by its path,
    /// so in a folder of another name it would compile everything anew, and keep that.
    folder: Mutex<Option<Arc<LockedFolder>>>,
    /// The chapters of which a copy was compiled, or is about to be.
    copied: Mutex<BTreeSet<String>>,
    /// The end of what is compiled before anybody waits for it.
    ahead: Ending,
    consented: AtomicBool,
}

impl Edits {
    pub(crate) fn new(book: Arc<Book>) -> Edits {
        Edits {
            book,
            folder: Mutex::default(),
            copied: Mutex::default(),
            ahead: Ending::default(),
            consented: AtomicBool::new(false),
        }
    }

    /// The reader has agreed to [`CONSENT`]; it holds until the server ends.
    pub(crate) fn consent(&self) {
        self.consented.store(true, Ordering::Relaxed);
    }

    /// Takes what only Rust can make of the book's source, which an archive does not
    /// have.
    ///
    /// # Errors
    /// The book is an archive; `what` is what it cannot do.
    pub(crate) fn require_source(&self, what: &str) -> Result<(), Refusal> {
        if self.book.archive.is_none() {
            return Ok(());
        }
        let error = format!(
            "{what} needs Rust and the book's source. This book was unpacked from an archive, \
             which has neither: the introduction says how to get both"
        );
        Err(Refusal::new(StatusCode::NOT_IMPLEMENTED, error))
    }

    /// Takes a listing that is about to be edited. Python is not compiled.
    ///
    /// # Errors
    /// As [`Edits::require_source`].
    pub(crate) fn allow(&self, listing: &ListingName) -> Result<(), Refusal> {
        match listing.is_python() {
            true => Ok(()),
            false => self.require_source("Edit"),
        }
    }

    /// Compiles a copy of the listing's chapter as the book has it, if that was not done
    /// yet: an editor was opened, and the first edit need not compile all of it then.
    pub(crate) async fn prepare(self: Arc<Self>, listing: ListingName) {
        if listing.is_python() || !self.is_first_of(&listing.chapter) {
            return;
        }
        let permit = self.book.builds.silent_permit().await;
        permit.does(&listing.chapter);
        let compile = move || {
            let compiled = self.compile(&listing);
            // With the last permit the server ends, and the book's folders go with the book.
            drop(self);
            drop(permit);
            compiled
        };
        // Whoever runs the edit is told what does not compile.
        let _ = spawn_blocking(compile).await;
    }

    fn compile(&self, listing: &ListingName) -> anyhow::Result<()> {
        let own = fs::read_to_string(self.book.root.join(listing.source()))?;
        self.program(listing, &own, &self.ahead, drop).map(drop)
    }

    /// Ends what is compiled before anybody waits for it.
    pub(crate) fn end(&self) {
        self.ahead.end();
    }

    fn is_first_of(&self, chapter: &str) -> bool {
        let mut copied = self.copied.lock().unwrap_or_else(PoisonError::into_inner);
        copied.insert(chapter.to_owned())
    }

    /// Takes what a reader wrote, to be compiled or kept.
    ///
    /// # Errors
    /// It is too long, or nobody has agreed that it runs.
    pub(crate) fn admit(&self, source: &str) -> Result<(), Refusal> {
        if source.len() > MAX_SOURCE_BYTES {
            let error = format!("an edit may have {} KiB at most", MAX_SOURCE_BYTES >> 10);
            return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, error));
        }
        self.require_consent()
    }

    /// Takes a run of code that the reader wrote.
    ///
    /// # Errors
    /// Nobody has agreed to it.
    pub(crate) fn require_consent(&self) -> Result<(), Refusal> {
        if self.consented.load(Ordering::Relaxed) {
            return Ok(());
        }
        let error = "edited code runs only after you have agreed to it";
        Err(Refusal::new(StatusCode::FORBIDDEN, error).until_agreed(CONSENT))
    }

    /// Compiles an edited listing into a program that can be started. `tell` hears
    /// what the compiler says; `ending` can end it.
    ///
    /// # Errors
    /// It does not compile, or not in time, or a file cannot be written.
    pub(crate) fn program(
        &self,
        listing: &ListingName,
        source: &str,
        ending: &Ending,
        mut tell: impl FnMut(Diagnostic),
    ) -> anyhow::Result<Program> {
        let folder = self.folder()?;
        let root = &self.book.root;
        let runnable = self.book.runnable.get();
        let chapters = &runnable.chapters;
        if listing.is_python() {
            // Python is not compiled: the chapter's own binary finds the edited file.
            let unedited = chapters.binary(&listing.chapter)?;
            let program = Program::with(unedited, &listing.chapter, &folder)?;
            program.bring_python(root, listing, source)?;
            return Ok(program);
        }
        self.is_first_of(&listing.chapter);
        let copy = chapter::copy(root, folder.path(), listing, source)?;
        let build = build::of_copy(&copy, listing, target_folder(chapters.supervisor()?)?);
        let begun = |control| ending.begun(control);
        let names = || manifest::crates(root, &listing.chapter);
        let mut without_main = entry::missing(source);
        let lacks_main = without_main.is_some();
        let tell = |said: Diagnostic| match said.place {
            // Without the listing's `main`, rustc blames the chapter's own files.
            None if lacks_main => {
                if let Some(ours) = without_main.take() {
                    tell(ours);
                }
            }
            _ => tell(crates::named(said, names)),
        };
        let binary = build.executable(chapters.supervisor()?, begun, tell)?;
        Program::with(&binary, &listing.chapter, &folder)
    }

    fn folder(&self) -> anyhow::Result<Arc<LockedFolder>> {
        let mut folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = &*folder {
            return Ok(Arc::clone(folder));
        }
        let claimed = LockedFolder::claim(&self.book.work.path().join("edited"))?;
        Ok(Arc::clone(folder.insert(Arc::new(claimed))))
    }
}

/// Where Cargo has built a binary: it lies in `TARGET/PROFILE`.
fn target_folder(binary: &Path) -> anyhow::Result<&Path> {
    let folder = binary.parent().and_then(Path::parent);
    folder.with_context(|| format!("{} lies in no target folder", binary.display()))
}
