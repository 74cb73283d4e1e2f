//! What is compiled behind the open book, so that nobody waits for it when the book
//! opens.

use super::book::Book;
use super::compiled::{TRACER, in_words};
use crate::ending::Ending;
use anyhow::Context;
use std::io::{self, Write};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tokio::runtime::Handle;

/// A thread that has Cargo build one package of a book after the other.
pub(crate) struct Background {
    book: Arc<Book>,
    ending: Arc<Ending>,
    thread: JoinHandle<()>,
}

impl Background {
    /// Must be called within the runtime.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub(crate) fn start(book: Arc<Book>) -> anyhow::Result<Background> {
        let ending = Arc::new(Ending::default());
        let builder = Builder {
            book: Arc::clone(&book),
            ending: Arc::clone(&ending),
            runtime: Handle::current(),
        };
        let thread = thread::Builder::new().name("build".to_owned());
        let thread = thread.spawn(move || builder.build_all());
        let thread = thread.context("starting a thread that builds the chapters")?;
        Ok(Background {
            book,
            ending,
            thread,
        })
    }

    /// Ends Cargo, if it runs, and begins nothing any more.
    pub(crate) fn end(&self) {
        self.book.compiled.end();
        self.ending.end();
    }

    /// Waits for the end of the thread, after [`Background::end`].
    pub(crate) fn stop(self) {
        let _ = self.thread.join();
    }
}

struct Builder {
    book: Arc<Book>,
    ending: Arc<Ending>,
    runtime: Handle,
}

impl Builder {
    fn build_all(&self) {
        let Book {
            compiled, builds, ..
        } = &*self.book;
        while self.runtime.block_on(compiled.any_wanted()) {
            // Whoever has come before builds before.
            let permit = self.runtime.block_on(builds.silent_permit());
            // What is wanted most may be another one now.
            let Some(package) = compiled.begin() else {
                continue;
            };
            permit.does(in_words(&package));
            let built = self.book.build(&package, &self.ending);
            let built = built.map_err(|error| format!("{error:#}"));
            if built.is_err() && !compiled.is_over() {
                // Cargo has said why.
                let without = match &*package {
                    TRACER => "there is no X-ray",
                    _ => "its listings do not run",
                };
                let name = in_words(&package);
                let _ = writeln!(io::stderr(), "{name} was not built: {without}");
            }
            compiled.decide(&package, built);
        }
    }
}
