//! The book as a whole: its pages read, checked and expanded.

use crate::anchors::Anchors;
use crate::artifact::Artifacts;
use crate::code::{self, MustNotCompile};
use crate::directive::{Directive, directives};
use crate::edit::Edit;
use crate::exercises::Exercises;
use crate::expand::{Expanded, Expansion};
use crate::includes;
use crate::links::Targets;
use crate::markdown;
use crate::order::Order;
use crate::page::Page;
use crate::phrasebook::Phrasebook;
use crate::problems::Problems;
use crate::progress::{self, Progress};
use crate::shelf::Shelf;
use anyhow::Context;
use mdbook_markdown::pulldown_cmark::Options;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::Config;
use mdbook_summary::{Summary, SummaryItem, parse_summary};
use recording::catalogue::ListingName;
use std::fs;
use std::path::Path;

/// The code blocks that the pages of the book at `root` say do not compile.
///
/// # Errors
/// The book's configuration, summary or a page cannot be read.
pub fn must_not_compile(root: &Path) -> anyhow::Result<Vec<MustNotCompile>> {
    let pages = read_pages(root)?;
    Ok(pages.iter().flat_map(code::must_not_compile).collect())
}

/// The listings that the pages of the book at `root` show, in reading order.
///
/// # Errors
/// As [`must_not_compile`], or a page shows a listing that is not there.
pub fn reading_order(root: &Path) -> anyhow::Result<Vec<ListingName>> {
    let pages = read_pages(root)?;
    let mut problems = Problems::default();
    let shelf = Shelf::read(root, &mut problems)?;
    let mut problems = Problems::default();
    let directives: Vec<_> = pages
        .iter()
        .map(|page| directives(page, &mut problems))
        .collect();
    let order = in_order(&pages, &directives, &shelf, &mut problems);
    problems.into_result()?;
    Ok(order.into_listings())
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

/// The texts that mdBook is to render, page by page; `live` where whoever
/// serves them runs their listings.
///
/// # Errors
/// The book has [`Problems`], or a file of it cannot be read.
pub(crate) fn expand(
    root: &Path,
    config: &Config,
    pages: &[Page],
    live: bool,
) -> anyhow::Result<Vec<String>> {
    let mut problems = Problems::default();
    let src = root.join(&config.book.src);
    let options = options(config);
    let shelf = Shelf::read(root, &mut problems)?;
    let found: Vec<_> = pages
        .iter()
        .map(|page| directives(page, &mut problems))
        .collect();
    let order = in_order(pages, &found, &shelf, &mut problems);
    order.check(&shelf, &mut problems);
    let mut artifacts = Artifacts::default();
    for (page, directive) in of_name("artifact", pages, &found) {
        artifacts.add(page, directive, &shelf, &order, &mut problems);
    }
    artifacts.check(&shelf, &mut problems);
    let phrasebook = Phrasebook::read(root, options, &mut problems);
    phrasebook.check(of_name("phrase", pages, &found), &mut problems);
    let mut exercises = Exercises::read(root, &mut problems);
    for (page, directive) in of_name("exercise", pages, &found) {
        exercises.add(page, directive, &order, &mut problems);
    }
    exercises.check(root, pages, &mut problems);
    progress::check(of_name("progress", pages, &found), &mut problems);
    for (page, directives) in pages.iter().zip(&found) {
        code::check(page, &mut problems);
        for directive in directives.iter().filter(|directive| directive.reads_file()) {
            includes::check(page, directive, &src, &mut problems);
        }
    }
    let expansion = Expansion {
        pages,
        shelf: &shelf,
        order: &order,
        phrasebook: &phrasebook,
        exercises: &exercises,
        src: &src,
        options,
        live,
    };
    let mut expanded: Vec<_> = pages
        .iter()
        .zip(&found)
        .map(|(page, directives)| expansion.expand(page, directives, &mut problems))
        .collect();
    let progress = progress_of(pages, &expanded, &exercises);
    let mut texts = Vec::new();
    for ((page, directives), expanded) in pages.iter().zip(&found).zip(&mut expanded) {
        for directive in directives.iter().filter(|it| it.acts_as("progress")) {
            let table = progress.table(page).map_err(anyhow::Error::msg)?;
            let edit = Edit::block(directive.range.clone(), &table);
            expanded.edits.push(edit);
        }
        texts.push(expanded.text(page));
    }
    check_links(pages, &expanded, &texts, &src, options, &mut problems);
    problems.into_result()?;
    Ok(texts)
}

/// What there is to do in the whole book.
fn progress_of(pages: &[Page], expanded: &[Expanded], exercises: &Exercises) -> Progress {
    let mut progress = Progress::default();
    for (page, expanded) in pages.iter().zip(expanded) {
        let shown = exercises.on(page).map(ToString::to_string);
        progress.add(page, &expanded.predictions, shown.collect());
    }
    progress
}

fn in_order(
    pages: &[Page],
    directives: &[Vec<Directive>],
    shelf: &Shelf,
    problems: &mut Problems,
) -> Order {
    let mut order = Order::default();
    for (page, directive) in of_name("listing", pages, directives) {
        order.add(page, directive, shelf, problems);
    }
    order
}

/// The directives of that name that act, page by page.
fn of_name<'a>(
    name: &'a str,
    pages: &'a [Page],
    directives: &'a [Vec<Directive>],
) -> impl Iterator<Item = (&'a Page, &'a Directive)> {
    let pairs = pages.iter().zip(directives);
    let each = pairs.flat_map(|(page, all)| all.iter().map(move |directive| (page, directive)));
    each.filter(move |(_, directive)| directive.acts_as(name))
}

fn check_links(
    pages: &[Page],
    expanded: &[Expanded],
    texts: &[String],
    src: &Path,
    options: Options,
    problems: &mut Problems,
) {
    let anchors: Vec<_> = texts
        .iter()
        .map(|text| Anchors::read(text, options))
        .collect();
    let targets = Targets::new(pages, &anchors, src);
    for ((page, expanded), anchors) in pages.iter().zip(expanded).zip(&anchors) {
        targets.check(page, &expanded.links, problems);
        for id in &anchors.twice {
            let message = format!("the id {id} stands twice on this page");
            problems.add(&page.file, None, message);
        }
    }
}

fn options(config: &Config) -> Options {
    markdown::options(&config.html_config().unwrap_or_default())
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
