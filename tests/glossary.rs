//! The glossary, and the pages that it sends its readers to.

use std::fs;
use std::path::{Path, PathBuf};
use tests::book::root;

const GLOSSARY: &str = "book/appendix-kitchen-and-kernel/index.md";

/// A term that the glossary sets in italics is one that a page defines: the
/// page of the row's first links has it in italics, and no page before that.
#[test]
fn each_term_in_italics_is_defined_where_its_row_leads() {
    let glossary = root().join(GLOSSARY);
    let text = fs::read_to_string(&glossary).expect("the glossary can be read");
    let terms = text.split("## ").last().expect("the second table");
    let pages = pages_in_order();
    let mut seen = 0;
    let mut wrong = Vec::new();
    for row in terms.lines().filter(|row| row.starts_with("| *")) {
        let linked = targets(row, glossary.parent().expect("it has a folder"));
        let head = row.to_lowercase();
        let head = head.split('|').nth(1).expect("a first cell");
        for term in head.split('*').skip(1).step_by(2) {
            seen += 1;
            match pages.iter().find(|(_, text)| has_in_italics(text, term)) {
                Some((first, _)) if linked.contains(first) => {}
                Some((first, _)) => wrong.push(format!("{term}: {}", first.display())),
                None => wrong.push(format!("{term}: on no page")),
            }
        }
    }
    assert!(seen > 20, "only {seen} terms found");
    assert!(wrong.is_empty(), "defined elsewhere:\n{}", wrong.join("\n"));
}

/// The pages of the book in reading order, without the glossary; each with its
/// text in lower case and on one line.
fn pages_in_order() -> Vec<(PathBuf, String)> {
    let summary = fs::read_to_string(root().join("book/SUMMARY.md")).expect("a summary");
    let glossary = root().join(GLOSSARY).canonicalize().ok();
    let mut pages = targets(&summary, &root().join("book"));
    pages.retain(|page| Some(page) != glossary.as_ref());
    let read = pages.into_iter().map(|page| {
        let text = fs::read_to_string(&page).expect("a page can be read");
        let words: Vec<_> = text.split_whitespace().collect();
        (page, words.join(" ").to_lowercase())
    });
    read.collect()
}

/// The pages that a text links to, from a folder.
fn targets(text: &str, from: &Path) -> Vec<PathBuf> {
    let links = text.split("](").skip(1).filter_map(|rest| {
        let link = rest.split([')', '#']).next()?;
        from.join(link).canonicalize().ok()
    });
    links.collect()
}

/// `*pipe*` and `*Pipes*`, for `pipe`.
fn has_in_italics(text: &str, term: &str) -> bool {
    ["", "s", "d", "es"]
        .iter()
        .any(|ending| text.contains(&format!("*{term}{ending}*")))
}
