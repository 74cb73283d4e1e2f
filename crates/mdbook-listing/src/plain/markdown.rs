//! Markdown, written.

use crate::markdown::Markdown;
use crate::replacement::{Replacement, apply};
use mdbook_markdown::pulldown_cmark::Options;

/// Puts a text's links in place of its `{{#ref …}}`; an error says which leads nowhere.
pub(super) type Links<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// A place to which a link can lead.
pub(super) fn anchor(id: &str) -> String {
    format!("<span id=\"{id}\"></span>")
}

/// A text of which Markdown takes nothing for a mark.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !".,:;'\"()%/?=-+!@".contains(c) {
            escaped.push('\\');
        }
        escaped.push(if c == '\n' { ' ' } else { c });
    }
    escaped
}

/// Code within a line.
pub(super) fn code(text: &str) -> String {
    let ticks = "`".repeat(longest_ticks(text) + 1);
    // CommonMark takes one blank off each end.
    format!("{ticks} {text} {ticks}")
}

/// A block of code.
pub(super) fn fence(language: &str, text: &str) -> String {
    let ticks = "`".repeat((longest_ticks(text) + 1).max(3));
    let text = text.strip_suffix('\n').unwrap_or(text);
    format!("{ticks}{language}\n{text}\n{ticks}")
}

fn longest_ticks(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or(0)
}

/// The blocks in a box: a quotation.
pub(super) fn boxed(blocks: &str) -> String {
    let lines = blocks.lines().map(|line| match line {
        "" => ">".to_owned(),
        line => format!("> {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A table. Cells are Markdown already.
pub(super) fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let heads: Vec<_> = heads.iter().map(|it| (*it).to_owned()).collect();
    let rule = format!("|{}", " --- |".repeat(heads.len()));
    let rows = rows.iter().map(|row| line(row));
    [line(&heads), rule]
        .into_iter()
        .chain(rows)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The text with nothing left in it on which mdBook would act: it shows `\{{#…}}` as
/// `{{#…}}`. What it takes for such a thing goes to the last `}}` of its line.
pub(crate) fn inert(text: &str) -> String {
    let line = |line: &str| match line.split_once("{{#") {
        Some((before, after)) if after.contains("}}") => format!("{before}\\{{{{#{after}"),
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// The text, and of each link in it the text only.
pub(super) fn unlinked(text: &str, options: Options) -> String {
    let links = Markdown::read(text, options).links.into_iter();
    let words = links.map(|link| {
        let link_text = &text[link.range.clone()];
        let words = link_text.split_once('[').map_or(link_text, |it| it.1);
        let words = words.rsplit_once("](").map_or(words, |it| it.0);
        Replacement::words(link.range, words.to_owned())
    });
    apply(text, words.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_in_code_do_not_end_it() {
        assert_eq!(fence("text", "```\nx\n"), "````text\n```\nx\n````");
        assert_eq!(code("a`b"), "`` a`b ``");
    }

    #[test]
    fn a_link_leaves_its_text() {
        let text = "one [`a` b](<c.md#d>) and [e](f)";
        assert_eq!(unlinked(text, Options::empty()), "one `a` b and e");
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a|b *c* <d>\ne"), "a\\|b \\*c\\* \\<d\\> e");
    }

    #[test]
    fn what_mdbook_would_replace_is_marked() {
        assert_eq!(
            inert("{{#include a}} {{#b}}\n{{x}} {{#\n"),
            "\\{{#include a}} {{#b}}\n{{x}} {{#\n"
        );
    }
}
