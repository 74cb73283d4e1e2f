//! For whom the pages are.

use listing::typed;
use std::borrow::Cow;

/// Who serves the pages, and so what they offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Edition {
    /// Some web server, which runs nothing.
    #[default]
    Static,
    /// The book's own server, from the book's source.
    Served,
    /// The book's own server, from an archive: without Rust and without the source.
    Packed,
    /// Nobody: it is no HTML, but a file to be read elsewhere.
    Plain,
}

impl Edition {
    /// The edition for a renderer of mdBook. `mdbook test` compiles code in fences, and
    /// so must find none of ours.
    pub(crate) fn of(self, renderer: &str) -> Edition {
        match renderer {
            "html" | "test" => self,
            _ => Edition::Plain,
        }
    }

    /// Whether who serves the pages runs their listings.
    pub(crate) fn is_live(self) -> bool {
        matches!(self, Edition::Served | Edition::Packed)
    }

    /// The text with the commands that its reader can type.
    pub(crate) fn typed(self, text: &str) -> Cow<'_, str> {
        match self {
            Edition::Packed => typed::in_archive(text).into(),
            Edition::Static | Edition::Served | Edition::Plain => text.into(),
        }
    }

    /// What a figure tells the page's scripts: whether its code runs, and what is
    /// missing for that to be edited.
    pub(crate) fn attributes(self, is_python: bool) -> &'static str {
        match self {
            Edition::Static | Edition::Plain => "",
            Edition::Packed if !is_python => " data-live data-needs=\"Rust and the book's source\"",
            Edition::Served | Edition::Packed => " data-live",
        }
    }
}
