//! An mdBook preprocessor: puts each listing into its page with what it said
//! when it was recorded, and refuses a book in which something does not hold.
//!
//! A page asks for a listing by `{{#listing chapter5/word_count Caption}}`,
//! refers to it by `{{#ref chapter5/word_count}}`, shows a drawing by
//! `{{#diagram NAME.svg}}` and what a recorded run drew by
//! `{{#artifact chapter8/measured plot.svg}}`, one task in duct, std and Python
//! by `{{#phrase NAME}}`. It asks a question in a `predict` fence, and quotes the
//! notes from which the book was made in a `notes` fence. An exercise stands in
//! its page by `{{#exercise chapter2/both_streams}}`; a table of how many there
//! are, and how many are done, by `{{#progress}}`; how to get the book's source and
//! start the book, by `{{#source}}`.
//!
//! A page in `chapter0-kitchen/` belongs to chapter 0: mdBook would count from
//! one.
//!
//! Each row of a table in `<div class="lookup symptoms">` gets an id from its first cell, so
//! that a link, and the search, lead to the row.
//!
//! What the player (`book/page/player.js`) finds in a listing's figure: its name in
//! `data-listing`, the longest that a run may take in `data-time-limit`,
//! `data-stdin` if a run reads, `data-live` if the page's server runs it, `data-needs`
//! what an edit of it needs that is not there, and
//! in `script.events` the recorded events, as a run's would come.
//!
//! What `book/page/predict.js` finds in a question: the listing in `data-listing`,
//! the place of the right option in `data-right`, and in `data-version` what
//! changes with the question. A listing that is asked about has `data-asked`.
//! Where an arrow is asked for, each item has the place of its box in `data-box`.
//!
//! What `book/page/exercise.js` finds in an exercise: its name in `data-exercise`,
//! a figure for the player, and the hints, each in the one before, with the
//! solution in the last. What `book/page/progress-table.js` finds: a table, and in
//! `script.plan` by which keys the browser keeps what is done. Page by page,
//! [`ListingPreprocessor::to_do`] has them, for the sidebar.

mod anchors;
mod arrow;
mod arrow_question;
mod artifact;
mod book;
mod code;
mod diagram;
mod directive;
mod document;
mod edition;
mod escape;
mod events;
mod exercise;
mod exercise_list;
mod exercises;
mod expand;
mod expanded;
mod fences;
mod figure;
mod heading_ids;
mod html;
mod includes;
mod inline;
mod links;
mod listings;
mod lookup;
mod markdown;
mod notes;
mod number;
mod output;
mod page;
mod pages;
mod phrase;
mod phrasebook;
mod places;
mod plain;
mod plan;
mod predict;
mod problems;
mod put;
mod question;
mod quotations;
mod reading_order;
mod reference;
mod replacement;
mod repository;
mod seen;
mod short;
mod side_by_side;
mod source;
mod texts;
mod xray;

pub use code::MustNotCompile;
pub use diagram::image;
pub use document::{Document, document};
pub use escape::escape;
pub use html::{Element, Piece, pieces};
pub use pages::must_not_compile;
pub use phrase::{Phrase, Says, Way, phrases};
pub use plan::ToDo;
pub use problems::{Problem, Problems};
pub use repository::repository;

use edition::Edition;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The preprocessor `listing`.
#[derive(Clone, Debug, Default)]
pub struct ListingPreprocessor {
    edition: Edition,
    to_do: Arc<OnceLock<ToDo>>,
}

impl ListingPreprocessor {
    /// Takes the place of the command of that name in `book.toml`, if given to
    /// `MDBook::with_preprocessor`.
    pub fn new() -> Self {
        ListingPreprocessor::default()
    }

    /// For pages that are served by a server that runs their listings: each
    /// figure says so, by `data-live`, and its player offers to run it.
    #[must_use]
    pub fn live(self) -> Self {
        let edition = Edition::Served;
        ListingPreprocessor { edition, ..self }
    }

    /// As [`live`](Self::live), for an archive, which has neither Rust nor the
    /// book's source.
    #[must_use]
    pub fn packed(self) -> Self {
        let edition = Edition::Packed;
        ListingPreprocessor { edition, ..self }
    }

    /// Whether a server runs what its pages show.
    pub fn is_live(&self) -> bool {
        self.edition.is_live()
    }

    /// Once this preprocessor, or what it was cloned from, has run: what there is to do
    /// in the book.
    pub fn to_do(&self) -> Option<&ToDo> {
        self.to_do.get()
    }
}

impl Preprocessor for ListingPreprocessor {
    fn name(&self) -> &str {
        "listing"
    }

    /// # Errors
    /// The book has [`Problems`], or a file of it cannot be read.
    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let edition = self.edition.of(&context.renderer);
        // Before the pages are read: what is in them has its place by what is changed here.
        book.for_each_chapter_mut(|it| {
            if let Cow::Owned(typed) = edition.typed(&it.content) {
                it.content = typed;
            }
        });
        let pages = pages::pages_of(&book, &context.config);
        let (texts, to_do) = texts::texts(&context.root, &context.config, &pages, edition)?;
        // Of the same book a second run finds the same.
        let _ = self.to_do.set(to_do);
        let paths = pages.iter().map(|page| &page.path);
        let texts: BTreeMap<_, _> = paths.zip(texts).collect();
        book.for_each_chapter_mut(|chapter| {
            let text = chapter.path.as_ref().and_then(|path| texts.get(path));
            if let Some(text) = text {
                chapter.content.clone_from(text);
            }
            number::take_from_folder(chapter);
        });
        Ok(book)
    }
}
