//! What mdBook's search looks through, written anew from the rendered pages.
//!
//! mdBook's own index takes all text of a page: the answers of questions, wrong ones
//! too, the rows of X-rays, the solutions of exercises. Ours leaves these out, and
//! leads to a row of a table or a phrase where mdBook's leads to the heading above.

mod index;
mod passages;
mod words;

use crate::rendered::Pages;
use index::Index;
use mdbook_driver::MDBook;
use mdbook_driver::book::BookItem;
use mdbook_driver::config::Config;
use passages::passages;
use serde_json::json;

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
    let options = book.config.html_config().unwrap_or_default();
    let options = options.search.unwrap_or_default();
    if !options.enable || !options.copy_js {
        return Ok(());
    }
    let mut index = Index::new();
    for item in book.iter() {
        let BookItem::Chapter(chapter) = item else {
            continue;
        };
        let Some(path) = &chapter.path else { continue };
        let address = path.with_extension("html");
        for passage in passages(pages.text(&address)?, options.heading_split_level) {
            index.add(&address, chapter, &passage);
        }
    }
    pages.replace_index(&index.script(&options)?)
}
