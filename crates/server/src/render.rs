//! The book's pages, rendered: for a static host, or for this server.

use crate::rendered::Pages;
use crate::search::LaterIndex;
use crate::{head_and_foot, needed, search, sidebar};
use anyhow::Context;
use mdbook_driver::MDBook;
use mdbook_listing::{ListingPreprocessor, Problems, document, image};
use mdbook_renderer::{RenderContext, Renderer};
use std::fs;
use std::path::{Path, PathBuf};

/// Renders the static book at `root` into `target/book`, and returns its first
/// page.
///
/// # Errors
/// A page says what is not so: each place is named, and nothing is rendered.
pub fn build_static_book(root: &Path) -> anyhow::Result<PathBuf> {
    let book = MDBook::load(root)?;
    let folder = book.build_dir_for("html");
    render(book, ListingPreprocessor::new(), search::write_anew)?;
    Ok(folder.join("index.html"))
}

/// Renders the static book at `root` into `folder`: that in `target/book` may be read by
/// others meanwhile.
///
/// # Errors
/// As [`build_static_book`]; `folder` is then left as it was.
pub fn build_static_book_in(root: &Path, folder: &Path) -> anyhow::Result<()> {
    let book = book_into(root, folder)?;
    render(book, ListingPreprocessor::new(), search::write_anew)?;
    Ok(())
}

/// Renders the book at `root`, with Run buttons that run, into `folder`. Returns its pages,
/// and the index of its search, if it has one, which is still to be made.
///
/// # Errors
/// As [`build_static_book`]; `folder` is then left as it was.
pub(crate) fn build_live_book(
    root: &Path,
    folder: &Path,
) -> anyhow::Result<(Pages, Option<LaterIndex>)> {
    let book = book_into(root, folder)?;
    render(book, ListingPreprocessor::new().live(), search::make_later)
}

/// Renders the book at `root` for an archive, into `folder`: its Run buttons run, and
/// it does not say that its reader has the source.
///
/// # Errors
/// As [`build_static_book`]; `folder` is then left as it was.
pub fn build_packed_book(root: &Path, folder: &Path) -> anyhow::Result<()> {
    let book = book_into(root, folder)?;
    let listings = ListingPreprocessor::new().packed();
    render(book, listings, search::write_anew)?;
    Ok(())
}

/// Writes the plain book at `root` as one HTML document into `folder`, with its images,
/// and returns its file: what a program makes one file of, that is read without a
/// browser.
///
/// # Errors
/// As [`build_static_book`].
pub fn build_document(root: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let mut book = book_into(root, folder)?;
    book.with_preprocessor(ListingPreprocessor::new());
    book.execute_build_process(&OneDocument).map_err(plainly)?;
    Ok(book
        .build_dir_for(OneDocument.name())
        .join(OneDocument::FILE))
}

/// Renders one document. To mdBook's preprocessors it is no HTML.
struct OneDocument;

impl OneDocument {
    const FILE: &str = "book.html";
}

impl Renderer for OneDocument {
    fn name(&self) -> &str {
        "document"
    }

    fn render(&self, context: &RenderContext) -> anyhow::Result<()> {
        let document = document(&context.book, &context.config)?;
        let folder = &context.destination;
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let write = |name: &str, content: &[u8]| {
            let file = folder.join(name);
            fs::write(&file, content).with_context(|| file.display().to_string())
        };
        for (name, path) in document.images {
            let path = context.source_dir().join(path);
            let read = fs::read(&path).with_context(|| path.display().to_string())?;
            match String::from_utf8(read) {
                Ok(svg) => write(&name, image(&svg).as_bytes())?,
                Err(other) => write(&name, other.as_bytes())?,
            }
        }
        write(OneDocument::FILE, document.html.as_bytes())
    }
}

/// The book at `root`, which is to be rendered into `folder`.
fn book_into(root: &Path, folder: &Path) -> anyhow::Result<MDBook> {
    let mut book = MDBook::load(root)?;
    book.config.build.build_dir = folder.to_owned();
    Ok(book)
}

/// Renders the book, whose search index is made as `index` does. Returns its pages, and
/// what `index` has returned.
fn render<T>(
    mut book: MDBook,
    listings: ListingPreprocessor,
    index: impl FnOnce(&MDBook, &mut Pages) -> anyhow::Result<T>,
) -> anyhow::Result<(Pages, T)> {
    // book.toml has stock mdBook start the preprocessor as a command. We have
    // it here: the same name takes the command's place.
    book.with_preprocessor(listings.clone());
    search::leave_out(&mut book.config)?;
    book.build().map_err(plainly)?;
    let mut pages = Pages::read(&book.build_dir_for("html"))?;
    let index = index(&book, &mut pages).context("writing the search index")?;
    let to_do = listings.to_do().context("no page was expanded")?;
    sidebar::add(to_do, &mut pages).context("writing the sidebar")?;
    needed::leave_out_the_rest(&mut pages, listings.is_live())?;
    head_and_foot::add(&book, &mut pages)?;
    pages.write()?;
    Ok((pages, index))
}

/// The book's problems speak for themselves; what else goes wrong needs to say
/// where.
fn plainly(error: anyhow::Error) -> anyhow::Error {
    let problems = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<Problems>());
    match problems.cloned() {
        Some(problems) => anyhow::Error::new(problems),
        None => error.context("the book was not built"),
    }
}
