//! The readers that the trials share, each started when it is first needed.

use anyhow::Context;
use std::sync::{Arc, Mutex, PoisonError};
use tests::book::root;
use tests::reader::{Reader, Start};
use tests::scratch_book::ScratchBook;

static BOOK: Mutex<Option<Arc<Reader>>> = Mutex::new(None);
static SCRATCH: Mutex<Option<Arc<Reader>>> = Mutex::new(None);
static WRITTEN: Mutex<bool> = Mutex::new(false);

/// The scratch book that no trial edits.
pub const NAME: &str = "as-it-is";

/// The book's own.
pub fn book() -> anyhow::Result<Arc<Reader>> {
    shared(&BOOK, || Start::of(&root()).starts())
}

/// The scratch book's.
pub fn scratch() -> anyhow::Result<Arc<Reader>> {
    shared(&SCRATCH, || of_scratch_book()?.starts())
}

/// One more for the scratch book, that has not been started.
pub fn of_scratch_book() -> anyhow::Result<Start> {
    // Two trials are not to write the files at once.
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    let book = match *written {
        true => ScratchBook::existing(NAME),
        false => ScratchBook::fresh(NAME)?,
    };
    *written = true;
    Ok(start_of(&book))
}

/// One for another scratch book.
pub fn start_of(book: &ScratchBook) -> Start {
    Start::of(&book.root).building_into(&book.target())
}

fn shared(
    place: &Mutex<Option<Arc<Reader>>>,
    start: impl FnOnce() -> anyhow::Result<Reader>,
) -> anyhow::Result<Arc<Reader>> {
    let mut reader = place.lock().unwrap_or_else(PoisonError::into_inner);
    if reader.is_none() {
        *reader = Some(Arc::new(start().context("starting a reader")?));
    }
    reader.clone().context("it was started")
}

pub fn stop() {
    for place in [&BOOK, &SCRATCH] {
        place.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}
