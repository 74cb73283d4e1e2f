//! The notes from which the book was made, to be quoted as they are.

use recording::catalogue::nearest;
use std::fs;
use std::path::Path;

/// Where the notes lie, relative to the folder of the pages. They are no page:
/// SUMMARY.md does not name them.
const FILE: &str = "appendix-notes-checked/seed-notes.md";

/// The text of the notes, with its white space folded: each paragraph, list
/// item, heading and piece of code for itself.
pub(crate) struct Notes {
    blocks: Vec<String>,
}

impl Notes {
    /// `src` is the folder of the pages.
    ///
    /// # Errors
    /// The notes cannot be read.
    pub(crate) fn read(src: &Path) -> Result<Notes, String> {
        let text = fs::read_to_string(src.join(FILE));
        let text = text.map_err(|error| format!("the notes, {FILE}, cannot be read: {error}"))?;
        Ok(Notes::parse(&text))
    }

    fn parse(text: &str) -> Notes {
        let mut blocks: Vec<String> = Vec::new();
        let mut continues = false;
        for line in text.lines().map(fold) {
            let own = marked(&line);
            let words = own.unwrap_or(&line);
            match blocks.last_mut() {
                _ if words.is_empty() => {}
                Some(block) if continues && own.is_none() => *block = format!("{block} {words}"),
                _ => blocks.push(words.to_owned()),
            }
            continues = !words.is_empty();
        }
        Notes { blocks }
    }

    /// Whether a quotation is one sentence of the notes, or more that follow one
    /// another, as they are but for white space.
    pub(crate) fn have(&self, quotation: &str) -> bool {
        let quotation = fold(quotation);
        let mut blocks = self.blocks.iter();
        !quotation.is_empty() && blocks.any(|block| has_sentences(block, &quotation))
    }

    /// The sentence that is most like a quotation.
    pub(crate) fn nearest(&self, quotation: &str) -> &str {
        let sentences = self.blocks.iter().flat_map(|block| sentences(block));
        nearest(sentences, &fold(quotation)).unwrap_or_default()
    }
}

/// The text with each run of white space as one blank.
pub(crate) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What follows the mark of a list item or a heading.
fn marked(line: &str) -> Option<&str> {
    let (mark, words) = line.split_once(' ')?;
    let number = mark.strip_suffix('.').unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_heading = mark.bytes().all(|byte| byte == b'#');
    (mark == "-" || is_number || is_heading).then_some(words)
}

fn has_sentences(block: &str, quotation: &str) -> bool {
    block.match_indices(quotation).any(|(start, _)| {
        let (before, after) = (&block[..start], &block[start + quotation.len()..]);
        let begins = before.is_empty() || before.ends_with(". ");
        let ends = after.is_empty() || (quotation.ends_with('.') && after.starts_with(' '));
        begins && ends
    })
}

fn sentences(block: &str) -> impl Iterator<Item = &str> {
    block
        .split_inclusive(". ")
        .map(|sentence| sentence.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# A kitchen\n\nThe chef cooks. The manager\nchecks on  all chefs.\n\
                        - **Board**: for calls\n  1. One tray\n";

    #[test]
    fn a_sentence_is_quoted_whole_and_as_it_is() {
        let notes = Notes::parse(TEXT);
        for quotation in [
            "A kitchen",
            "The chef cooks.",
            "The manager checks on all chefs.",
            "The manager\n  checks on all chefs.",
            "The chef cooks. The manager checks on all chefs.",
            "**Board**: for calls",
            "One tray",
        ] {
            assert!(notes.have(quotation), "{quotation}");
        }
        for quotation in [
            "",
            "The chef",
            "The chef cooks",
            "the chef cooks.",
            "checks on all chefs.",
            "The manager checks on all chefs. **Board**: for calls",
            "Board: for calls",
        ] {
            assert!(!notes.have(quotation), "{quotation}");
        }
    }

    #[test]
    fn the_nearest_sentence_is_one_of_the_notes() {
        let notes = Notes::parse(TEXT);
        let nearest = notes.nearest("The manager regularly checks on all chefs.");
        assert_eq!(nearest, "The manager checks on all chefs.");
    }
}
