//! What is to stand in a page in place of its directives and fences.

use crate::inline;
use crate::page::Page;
use crate::plain::Answer;
use crate::replacement::{Replacement, apply};
use mdbook_markdown::pulldown_cmark::Options;

/// The replacements of one page, and what the checks ask of them.
#[derive(Default)]
pub(crate) struct Expanded {
    pub(crate) replacements: Vec<Replacement>,
    /// Links that stand in questions and captions, with their places.
    pub(crate) links: Vec<(usize, String)>,
    /// The keys by which a browser keeps the answers to the page's questions.
    pub(crate) predictions: Vec<String>,
    /// What stands at the end of the chapter.
    pub(crate) answers: Vec<Answer>,
}

impl Expanded {
    /// Adds the links in a text that is to stand at that place.
    pub(crate) fn add_links(&mut self, at: usize, text: &str, options: Options) {
        let targets = inline::links(text, options).into_iter();
        self.links.extend(targets.map(|target| (at, target)));
    }

    /// The page as mdBook is to render it.
    pub(crate) fn text(self, page: &Page) -> String {
        apply(&page.source, self.replacements)
    }
}
