//! The answers at the end of a chapter, where no reader sees one by mistake.

use super::markdown::{anchor, inert};
use crate::markdown::Markdown;
use crate::number;
use crate::page::Page;
use crate::replacement::{Replacement, apply};
use mdbook_markdown::pulldown_cmark::Options;
use std::collections::BTreeMap;
use std::path::Path;

/// What is said at the chapter's end of a question or an exercise.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Where in its page the question stands.
    at: usize,
    /// The question's page.
    file: String,
    /// The page with the answers, from the question's page on.
    answers: String,
    /// `answer-chapter5-word_count`
    id: String,
    /// What it is about, and the id of that: `Listing 5-1`.
    title: String,
    of: String,
    said: Vec<String>,
}

impl Answer {
    /// Of what stands at that place of `page` and has the id `of`. `pages` are those of
    /// the book, and `before` the answers of the page so far.
    pub(crate) fn of(
        (page, at): (&Page, usize),
        pages: &[Page],
        before: &[Answer],
        title: String,
        of: String,
    ) -> Answer {
        let id = match before.iter().filter(|it| it.of == of).count() {
            0 => format!("answer-{of}"),
            same => format!("answer-{of}-{}", same + 1),
        };
        let last = last_in(page.folder(), pages);
        Answer {
            file: file_name(page),
            at,
            answers: last.map_or(String::new(), |(_, last)| file_name(last)),
            id,
            title,
            of,
            said: Vec::new(),
        }
    }

    /// What leads to it from the question.
    pub(super) fn link(&self, words: &str) -> String {
        format!("[→ {words}](<{}#{}>)", self.answers, self.id)
    }

    pub(super) fn saying(mut self, said: Vec<String>) -> Answer {
        self.said = said;
        self
    }

    fn text(&self, options: Options) -> String {
        let title = format!(
            "{}**[{}](<{}#{}>)**",
            anchor(&self.id),
            self.title,
            self.file,
            self.of
        );
        let said = self.said.join("\n\n");
        format!("{title}\n\n{}", from_elsewhere(&said, &self.file, options))
    }
}

/// The page of a folder at whose end its answers stand, with its place in the book.
fn last_in<'a>(folder: &Path, pages: &'a [Page]) -> Option<(usize, &'a Page)> {
    let mut pages = pages.iter().enumerate();
    pages.rfind(|(_, page)| page.folder() == folder)
}

fn file_name(page: &Page) -> String {
    let name = page.path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// A text that was written for the page `file`, for another one of the same folder.
fn from_elsewhere(text: &str, file: &str, options: Options) -> String {
    let links = Markdown::read(text, options).links.into_iter();
    let own = links.filter(|link| link.target.starts_with('#'));
    let moved = own.map(|link| {
        let text = &text[link.range.clone()];
        // It stands behind the link's text.
        let at = text.rfind(&link.target).unwrap_or(text.len());
        let moved = format!("{}{file}{}", &text[..at], &text[at..]);
        Replacement::words(link.range, moved)
    });
    apply(text, moved.collect())
}

/// What is to be added to the last page of each folder that has answers, with the place
/// of that page. `answers` are those of each of the `pages`.
pub(crate) fn answers(
    pages: &[Page],
    answers: Vec<Vec<Answer>>,
    options: Options,
) -> Vec<(usize, Replacement)> {
    let mut folders: BTreeMap<&Path, Vec<Answer>> = BTreeMap::new();
    for (page, mut answers) in pages.iter().zip(answers) {
        answers.sort_by_key(|it| it.at);
        folders
            .entry(page.folder())
            .or_default()
            .append(&mut answers);
    }
    folders.retain(|_, answers| !answers.is_empty());
    let added = folders.into_iter().filter_map(|(folder, answers)| {
        let (at, page) = last_in(folder, pages)?;
        let texts = answers.iter().map(|it| it.text(options));
        let texts = texts.collect::<Vec<_>>().join("\n\n");
        let text = format!("\n\n{}\n\n{}\n", heading(page), inert(&texts));
        let end = page.source.len();
        Some((at, Replacement::words(end..end, text)))
    });
    added.collect()
}

fn heading(page: &Page) -> String {
    match number::from_folder(&page.path) {
        Some(number) => format!("# Answers to chapter {number}"),
        None => "# Answers".to_owned(),
    }
}
