//! Putting other text in the place of parts of a page.

use std::ops::Range;

/// What to put in the place of a part of the source.
#[derive(Debug)]
pub(crate) struct Replacement {
    range: Range<usize>,
    text: String,
}

impl Replacement {
    /// Replaces a whole block by an HTML block, which ends at a blank line.
    pub(crate) fn block(range: Range<usize>, html: &str) -> Replacement {
        Replacement {
            range,
            text: format!("\n\n{html}\n\n"),
        }
    }

    /// Replaces words within a line.
    pub(crate) fn words(range: Range<usize>, text: String) -> Replacement {
        Replacement { range, text }
    }
}

/// The source with all replacements made. They do not overlap.
pub(crate) fn apply(source: &str, mut replacements: Vec<Replacement>) -> String {
    replacements.sort_by_key(|replacement| replacement.range.start);
    let mut text = String::with_capacity(source.len());
    let mut end = 0;
    for replacement in replacements {
        text.push_str(&source[end..replacement.range.start]);
        text.push_str(&replacement.text);
        end = replacement.range.end;
    }
    text.push_str(&source[end..]);
    text
}
