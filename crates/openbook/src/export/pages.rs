//! The static book in an archive, for a browser that opens its files.

use crate::archive::Contents;
use std::path::{Path, PathBuf};

/// What lies beside the pages.
const README: &str = "Subprocess ye hua load: a book about processes that you read by running them.\n\n\
                      Open index.html, in this folder, in a browser. Each listing shows what it printed\n\
                      when it was recorded, and can be replayed. To run listings you need the book's\n\
                      source; the introduction says how to get it.\n";

/// Leads to the first page: of the many files beside that one nobody would find it.
const INDEX: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
                     <meta http-equiv=\"refresh\" content=\"0; url=pages/index.html\">\n\
                     <title>Subprocess ye hua load</title>\n\
                     <p><a href=\"pages/index.html\">Subprocess ye hua load</a>\n</html>\n";

/// Makes `NAME.tar.xz` in that folder, and returns its path. The pages lie in `work`.
///
/// # Errors
/// The book has problems, or a file cannot be read or written.
pub(super) fn make(root: &Path, work: &Path, folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let pages = work.join("pages");
    server::build_static_book_in(root, &pages)?;
    let mut contents = Contents::with(root, README)?;
    contents.add(&pages, "pages")?;
    contents.add_text("index.html", INDEX.to_owned());
    contents.pack(folder, name)
}
