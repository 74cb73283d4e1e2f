//! The pages of a book, as mdBook hands them over or as they lie on the disk.

use crate::code::{self, MustNotCompile};
use crate::markdown;
use crate::page::Page;
use anyhow::Context;
use mdbook_markdown::pulldown_cmark::Options;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::Config;
use mdbook_summary::{Summary, SummaryItem, parse_summary};
use std::fs;
use std::path::Path;

/// The code blocks that the pages of the book at `root` say do not compile. Public
/// for the test that compiles them.
///
/// # Errors
/// The book's configuration, summary or a page cannot be read.
pub fn must_not_compile(root: &Path) -> anyhow::Result<Vec<MustNotCompile>> {
    let pages = read_pages(root)?;
    Ok(pages.iter().flat_map(code::must_not_compile).collect())
}

/// How mdBook parses the pages.
pub(crate) fn options(config: &Config) -> Options {
    markdown::options(&config.html_config().unwrap_or_default())
}

/// The pages of a book that mdBook has read.
pub(crate) fn pages_of(book: &Book, config: &Config) -> Vec<Page> {
    let options = options(config);
    let chapters = book.chapters().filter_map(|chapter| {
        let path = chapter.path.as_ref()?;
        let source = chapter.source_path.as_ref().unwrap_or(path);
        let mut page = Page::read(
            &config.book.src,
            source,
            &chapter.name,
            &chapter.content,
            options,
        );
        page.path.clone_from(path);
        Some(page)
    });
    chapters.collect()
}

/// The pages of the book at `root`, in reading order.
fn read_pages(root: &Path) -> anyhow::Result<Vec<Page>> {
    let config = Config::from_disk(root.join("book.toml"))?;
    let src = root.join(&config.book.src);
    let summary = src.join("SUMMARY.md");
    let summary = fs::read_to_string(&summary).with_context(|| summary.display().to_string())?;
    let Summary {
        prefix_chapters,
        numbered_chapters,
        suffix_chapters,
        ..
    } = parse_summary(&summary)?;
    let mut pages = Vec::new();
    for items in [prefix_chapters, numbered_chapters, suffix_chapters] {
        read_items(&items, root, &config, &mut pages)?;
    }
    Ok(pages)
}

fn read_items(
    items: &[SummaryItem],
    root: &Path,
    config: &Config,
    pages: &mut Vec<Page>,
) -> anyhow::Result<()> {
    for item in items {
        let SummaryItem::Link(link) = item else {
            continue;
        };
        if let Some(path) = &link.location {
            let file = root.join(&config.book.src).join(path);
            let source = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let options = options(config);
            let page = Page::read(&config.book.src, path, &link.name, &source, options);
            pages.push(page);
        }
        read_items(&link.nested_items, root, config, pages)?;
    }
    Ok(())
}
