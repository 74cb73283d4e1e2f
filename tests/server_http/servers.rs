//! The servers that the tests share, each started when it is first needed.

use anyhow::Context;
use std::sync::{Arc, Mutex, PoisonError};
use tests::book::root;
use tests::scratch_book::ScratchBook;
use tests::server::{Server, Start};

static BOOK: Mutex<Option<Arc<Server>>> = Mutex::new(None);
static SCRATCH: Mutex<Option<Arc<Server>>> = Mutex::new(None);
static WRITTEN: Mutex<bool> = Mutex::new(false);

/// The scratch book that no test edits.
pub const NAME: &str = "as-it-is";

/// The book's own.
pub fn book() -> anyhow::Result<Arc<Server>> {
    shared(&BOOK, || Start::of(&root()).starts())
}

/// The scratch book's.
pub fn scratch() -> anyhow::Result<Arc<Server>> {
    shared(&SCRATCH, || of_scratch_book()?.starts())
}

/// One more for the scratch book, that has not been started.
pub fn of_scratch_book() -> anyhow::Result<Start> {
    // Two tests are not to write the files at once.
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    let book = match *written {
        true => ScratchBook::existing(NAME),
        false => ScratchBook::fresh(NAME)?,
    };
    *written = true;
    Ok(Start::of_scratch_book(&book))
}

fn shared(
    place: &Mutex<Option<Arc<Server>>>,
    start: impl FnOnce() -> anyhow::Result<Server>,
) -> anyhow::Result<Arc<Server>> {
    let mut server = place.lock().unwrap_or_else(PoisonError::into_inner);
    if server.is_none() {
        *server = Some(Arc::new(start().context("starting a server")?));
    }
    server.clone().context("it was started")
}

pub fn stop() {
    for place in [&BOOK, &SCRATCH] {
        place.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}
