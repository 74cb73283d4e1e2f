//! The texts that mdBook is to render.

use crate::anchors::Anchors;
use crate::book::Book;
use crate::edition::Edition;
use crate::expanded::Expanded;
use crate::links::Targets;
use crate::page::Page;
use crate::plain;
use crate::plan::{Plan, ToDo};
use crate::problems::Problems;
use crate::side_by_side::of_each;
use mdbook_preprocessor::config::Config;
use std::path::Path;

/// The text of each of the `pages` of the book at `root`, as the `edition` has
/// them, and what there is to do on them.
///
/// # Errors
/// The book has [`Problems`], or a file of it cannot be read.
pub(crate) fn texts(
    root: &Path,
    config: &Config,
    pages: &[Page],
    edition: Edition,
) -> anyhow::Result<(Vec<String>, ToDo)> {
    let mut problems = Problems::default();
    let book = Book::read(root, config, pages, edition, &mut problems)?;
    book.check(&mut problems);
    let pages_and_directives: Vec<_> = pages.iter().zip(&book.directives).collect();
    let expanded = of_each(&pages_and_directives, |(page, directives)| {
        let mut problems = Problems::default();
        (book.expand(page, directives, &mut problems), problems)
    });
    let (mut expanded, found): (Vec<_>, Vec<_>) = expanded.into_iter().unzip();
    found.into_iter().for_each(|it| problems.extend(it));
    let plan = plan(&book, &expanded);
    add_tables(&book, &plan, &mut expanded)?;
    if book.is_plain() {
        let answers = expanded.iter_mut();
        let answers = answers.map(|it| std::mem::take(&mut it.answers)).collect();
        for (at, added) in plain::answers(pages, answers, book.options) {
            expanded[at].replacements.push(added);
        }
    }
    let links: Vec<_> = (expanded.iter_mut())
        .map(|expanded| std::mem::take(&mut expanded.links))
        .collect();
    let texts = pages.iter().zip(expanded);
    let texts: Vec<_> = texts.map(|(page, it)| it.text(page)).collect();
    check_links(&book, &links, &texts, &mut problems);
    problems.into_result()?;
    Ok((texts, plan.into_to_do()))
}

fn plan(book: &Book, expanded: &[Expanded]) -> Plan {
    let mut plan = Plan::default();
    for (page, expanded) in book.pages.iter().zip(expanded) {
        let shown = book.exercises.on(page).map(ToString::to_string);
        plan.add(page, &expanded.predictions, &shown.collect::<Vec<_>>());
    }
    plan
}

/// Puts the table of what there is to do in the whole book where a page asks
/// for it.
fn add_tables(book: &Book, plan: &Plan, expanded: &mut [Expanded]) -> anyhow::Result<()> {
    let pages = book.pages.iter().zip(&book.directives);
    for ((page, directives), expanded) in pages.zip(expanded) {
        for directive in directives.iter().filter(|it| it.acts_as("progress")) {
            let table = match book.is_plain() {
                true => plain::progress(page, plan),
                false => plan.table(page).map_err(anyhow::Error::msg)?,
            };
            expanded.replacements.push(book.block(directive, &table));
        }
    }
    Ok(())
}

/// `links` are those that stand in a page outside of its Markdown.
fn check_links(
    book: &Book,
    links: &[Vec<(usize, String)>],
    texts: &[String],
    problems: &mut Problems,
) {
    let anchors = of_each(texts, |text| Anchors::read(text, book.options));
    let targets = Targets::new(book.pages, &anchors, &book.src);
    for ((page, links), anchors) in book.pages.iter().zip(links).zip(&anchors) {
        targets.check(page, links, problems);
        for id in &anchors.duplicates {
            let message = format!("the id {id} stands twice on this page");
            problems.add(&page.file, None, message);
        }
    }
}
