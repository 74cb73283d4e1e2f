//! The pages as our preprocessor gives them, and as whom they are asked for.

use anyhow::bail;
use mdbook_driver::MDBook;
use mdbook_listing::ListingPreprocessor;
use mdbook_renderer::{RenderContext, Renderer};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Each page as our preprocessor gives it to a renderer, by its path in `book/`.
///
/// # Errors
/// The book at `root` has problems.
pub fn pages(root: &Path, renderer: &dyn Renderer) -> anyhow::Result<BTreeMap<PathBuf, String>> {
    let mut book = MDBook::load(root)?;
    book.with_preprocessor(ListingPreprocessor::new());
    let (book, _) = book.preprocess_book(renderer)?;
    let pages = book.chapters();
    Ok(pages
        .filter_map(|page| Some((page.source_path.clone()?, page.content.clone())))
        .collect())
}

/// mdBook's renderer of HTML by its name: pages get what they have in a browser, and are
/// not rendered. Every other renderer gets the plain form.
pub struct AsHtml;

impl Renderer for AsHtml {
    fn name(&self) -> &str {
        "html"
    }

    fn render(&self, _: &RenderContext) -> anyhow::Result<()> {
        bail!("it is asked for the pages only")
    }
}
