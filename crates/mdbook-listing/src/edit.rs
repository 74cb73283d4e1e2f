//! Putting other text in the place of parts of a page.

use std::ops::Range;

/// What to put in the place of a part of the source.
#[derive(Debug)]
pub(crate) struct Edit {
    range: Range<usize>,
    text: String,
}

impl Edit {
    /// Replaces a whole block by an HTML block, which ends at a blank line.
    pub(crate) fn block(range: Range<usize>, html: &str) -> Edit {
        Edit {
            range,
            text: format!("\n\n{html}\n\n"),
        }
    }

    /// Replaces words within a line.
    pub(crate) fn words(range: Range<usize>, text: String) -> Edit {
        Edit { range, text }
    }
}

/// The source with all edits made. They do not overlap.
pub(crate) fn apply(source: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let mut text = String::with_capacity(source.len());
    let mut end = 0;
    for edit in edits {
        text.push_str(&source[end..edit.range.start]);
        text.push_str(&edit.text);
        end = edit.range.end;
    }
    text.push_str(&source[end..]);
    text
}
