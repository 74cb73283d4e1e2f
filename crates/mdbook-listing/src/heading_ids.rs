//! The ids that mdBook makes of headings.

use std::collections::HashSet;

/// Those of a page so far.
#[derive(Default)]
pub(crate) struct HeadingIds(HashSet<String>);

impl HeadingIds {
    /// The id of the next heading with that text, as mdBook 0.5 makes it (`mdbook-html`,
    /// `id_from_content` and `unique_id`); a test compares the two.
    pub(crate) fn next(&mut self, text: &str) -> String {
        let letter = |c: char| match c {
            c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
            c if c.is_whitespace() => Some('-'),
            _ => None,
        };
        let lower = text.trim().to_lowercase();
        let id: String = lower.chars().filter_map(letter).collect();
        let mut free = id.clone();
        let mut number = 0;
        while self.0.contains(&free) {
            number += 1;
            free = format!("{id}-{number}");
        }
        self.0.insert(free.clone());
        free
    }
}
