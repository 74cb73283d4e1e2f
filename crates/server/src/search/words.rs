//! The words of a text, as somebody would type them into the search.

use std::collections::{BTreeSet, HashMap};

/// Longer ones nobody types: a hash, a line of digits.
const MAX_BYTES: usize = 80;

/// What stands around a name in code and in prose.
const AROUND: &str = "()[]{}<>\"'`´‘’“”,;=&|!?*$#…";

/// What only a piece of code has.
const CALL: [char; 8] = ['(', '[', '{', '"', '\'', '<', '“', '‘'];

/// Cuts a text into words.
///
/// The search cuts what is typed at blanks and hyphens only (elasticlunr's `tokenizer`), and
/// takes off what is no letter or digit at the ends. So what is one piece in the text is
/// found as one, `check=True`; and so is each name in it, `Command::new`, and each part
/// of a name, `Command`.
pub(super) fn words(text: &str, known: &mut Known) -> Vec<String> {
    let mut words = Vec::new();
    for piece in text.split(|c: char| c.is_whitespace() || c == '-') {
        if piece.len() > MAX_BYTES {
            continue;
        }
        match known.get(piece) {
            Some(found) => words.extend_from_slice(found),
            None => {
                let found = within(&piece.to_lowercase());
                words.extend_from_slice(&found);
                known.insert(piece.to_owned(), found);
            }
        }
    }
    words
}

/// The words of pieces that were cut before: a book says most things often.
pub(super) type Known = HashMap<String, Vec<String>>;

/// A piece, and the names and parts of names in it.
fn within(piece: &str) -> Vec<String> {
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    let is_between = |c: char| ['.', ':', '/'].contains(&c);
    let mut words = Vec::new();
    // A call with its arguments, nobody types as one piece.
    if !piece.contains(CALL) {
        words.push(piece.trim_matches(is_end).to_owned());
    }
    for name in piece.split(|c: char| AROUND.contains(c)) {
        words.push(name.trim_matches(is_end).to_owned());
        // `1.5` and `2:30` are one thing.
        let parts = name.split(is_between).map(|part| part.trim_matches(is_end));
        let names = parts.filter(|part| part.starts_with(char::is_alphabetic));
        words.extend(names.map(str::to_owned));
    }
    let mut seen = BTreeSet::new();
    words.retain(|word| !word.is_empty() && seen.insert(word.clone()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_many_parts_is_found_whole_and_by_its_parts() {
        let found = words(
            "Command::new(\"sh\").spawn()?; read-only, 1.5 s: /dev/null.",
            &mut Known::new(),
        );
        let whole = [
            "command::new",
            "sh",
            "spawn",
            "read",
            "only",
            "1.5",
            "s",
            "dev/null",
        ];
        for word in whole.iter().chain(&["command", "new", "dev", "null"]) {
            assert!(found.iter().any(|it| it == word), "no {word} in {found:?}");
        }
        assert!(!found.iter().any(|it| it == "5"), "{found:?}");
    }
}
