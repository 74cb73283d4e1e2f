//! The box of sentences of the notes.

use super::markdown::{boxed, escaped, unlinked};
use crate::quotations::Judged;
use mdbook_markdown::pulldown_cmark::Options;

/// The sentences, each with its verdict and where the book shows it.
pub(crate) fn quotations(sentences: &[Judged], options: Options) -> String {
    let items = sentences.iter().map(|it| {
        // A link in the notes leads to a place in the notes.
        let quote = unlinked(&it.quote, options);
        let place = escaped(&it.place);
        format!(
            "- “{quote}” **{}**, shown in [{place}](<{}>)",
            it.verdict, it.link
        )
    });
    let items: Vec<_> = items.collect();
    boxed(&format!("**From the notes**\n\n{}", items.join("\n")))
}
