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
}

impl Edition {
    /// Whether who serves the pages runs their listings.
    pub(crate) fn is_live(self) -> bool {
        self != Edition::Static
    }
}
