//! Elements in a page's Markdown that only a style sheet uses.

use crate::html::{Piece, pieces};
use crate::page::Page;
use crate::replacement::Replacement;

/// Nothing in the place of each `<div class="lookup">` and its end. What else of HTML
/// there is stays: it says something.
pub(crate) fn without_wrappers(page: &Page) -> Vec<Replacement> {
    let html = page.markdown.html.iter();
    let wrappers = html.filter(|it| pieces(&it.text).iter().all(is_wrapper));
    let nothing = wrappers.map(|it| Replacement::words(it.range.clone(), "\n".to_owned()));
    nothing.collect()
}

fn is_wrapper(piece: &Piece) -> bool {
    match piece {
        Piece::Open(element) => element.name == "div" && element.attribute("id").is_none(),
        Piece::Close(name) => name == "div",
        Piece::Text(text) => text.trim().is_empty(),
    }
}
