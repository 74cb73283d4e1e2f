//! A phrase: one task in duct, in std and in Python.

use super::markdown::{anchor, fence};
use crate::phrase::{Phrase, Way};

/// The three, one under the other, and the note.
///
/// # Errors
/// A cell is none that can be shown.
pub(crate) fn phrase(phrase: &Phrase) -> Result<String, String> {
    let mut blocks = vec![format!("{}**{}**", anchor(&phrase.id()), phrase.says.task)];
    for way in Way::ALL {
        let language = if way == Way::Python { "python" } else { "rust" };
        blocks.push(format!("*{}*", way.name()));
        blocks.push(fence(language, &phrase.cell(way)?));
    }
    blocks.extend(phrase.says.note.clone());
    Ok(blocks.join("\n\n"))
}
