//! For whom the pages are.

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
}
