//! What mdBook's search looks through, written anew from the rendered pages.
//!
//! mdBook's own index takes all text of a page: the answers of questions, wrong ones
//! too, the rows of X-rays, the solutions of exercises. Ours leaves these out, and
//! leads to a row of a table or a phrase where mdBook's leads to the heading above.

mod index;
mod passages;
mod words;

use crate::rendered::Pages;
use axum::body::Bytes;
use index::{Index, Place};
use mdbook_driver::MDBook;
use mdbook_driver::book::BookItem;
use mdbook_driver::config::{Config, Search};
use passages::passages;
use serde_json::json;
use std::io::{self, Write};
use std::sync::{Arc, LazyLock};
use std::thread;

/// Has mdBook write an empty index: what is replaced need not be made at each saved page.
///
/// # Errors
/// The configuration does not take it.
pub(crate) fn leave_out(config: &mut Config) -> anyhow::Result<()> {
    // Every page's path begins with nothing.
    let all = json!({ "": { "enable": false } });
    config.set("output.html.search.chapter", all)
}

/// Puts our index in the place of the one that mdBook has written, if the book has a
/// search.
///
/// # Errors
/// A page of the book is not there, or a file cannot be read or written.
pub(crate) fn write_anew(book: &MDBook, pages: &mut Pages) -> anyhow::Result<()> {
    match Source::of(book, pages)? {
        Some(source) => pages.replace_index(&source.script()?),
        None => Ok(()),
    }
}

/// As [`write_anew`], but the index is still to be made.
///
/// # Errors
/// A page of the book, or the index of mdBook's, is not there.
pub(crate) fn make_later(book: &MDBook, pages: &mut Pages) -> anyhow::Result<Option<LaterIndex>> {
    let Some(source) = Source::of(book, pages)? else {
        return Ok(None);
    };
    let name = pages.rename_index()?;
    let make = move || match source.script() {
        Ok(script) => Ok(script.into()),
        Err(error) => Err(format!("{error:#}")),
    };
    Ok(Some(LaterIndex {
        path: format!("/{name}"),
        script: LazyLock::new(Box::new(make)),
    }))
}

/// The index of a served book. It takes as long as the pages do, and nobody needs it to
/// read the first of them.
pub(crate) struct LaterIndex {
    /// Where the pages look for it.
    pub(crate) path: String,
    script: LazyLock<Made, Box<dyn FnOnce() -> Made + Send>>,
}

/// The script, or why it could not be made.
type Made = Result<Bytes, String>;

impl LaterIndex {
    /// Begins to make it.
    pub(crate) fn begun(self) -> Arc<LaterIndex> {
        let index = Arc::new(self);
        let begun = Arc::clone(&index);
        let thread = thread::Builder::new().name("index".to_owned());
        // Without a thread, whoever asks for it first makes it.
        let _ = thread.spawn(move || {
            if let Err(why) = &*begun.script {
                let _ = writeln!(io::stderr(), "there is no search: {why}");
            }
        });
        index
    }

    /// The script, once it is made.
    ///
    /// # Errors
    /// It could not be made.
    pub(crate) fn script(&self) -> anyhow::Result<Bytes> {
        self.script.clone().map_err(anyhow::Error::msg)
    }
}

/// What an index is made of.
struct Source {
    options: Search,
    pages: Vec<(Place, String)>,
}

impl Source {
    /// None if the book has no search.
    fn of(book: &MDBook, pages: &Pages) -> anyhow::Result<Option<Source>> {
        let options = book.config.html_config().unwrap_or_default();
        let options = options.search.unwrap_or_default();
        if !options.enable || !options.copy_js {
            return Ok(None);
        }
        let mut source = Source {
            options,
            pages: Vec::new(),
        };
        for item in book.iter() {
            let BookItem::Chapter(chapter) = item else {
                continue;
            };
            let Some(path) = &chapter.path else { continue };
            let address = path.with_extension("html");
            let text = pages.text(&address)?.to_owned();
            source.pages.push((Place::of(chapter, &address), text));
        }
        Ok(Some(source))
    }

    fn script(self) -> anyhow::Result<String> {
        let mut index = Index::new();
        for (place, text) in self.pages {
            for passage in passages(&text, self.options.heading_split_level) {
                index.add(&place, &passage);
            }
        }
        index.script(&self.options)
    }
}
