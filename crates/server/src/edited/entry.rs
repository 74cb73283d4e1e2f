//! Where a chapter enters a listing: its `main`.

use run::cargo::{Diagnostic, Place};

/// What a listing begins with, as its chapter calls it.
const SIGNATURE: &str = "pub fn main() -> anyhow::Result<()>";

/// What to say of a listing that has no such `main`, at the line of the one it
/// has, or at its first.
pub(super) fn missing(source: &str) -> Option<Diagnostic> {
    let words = source.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.contains(SIGNATURE) {
        return None;
    }
    let line = source.lines().position(|line| line.contains("fn main"));
    let line = line.map_or(1, |at| at + 1);
    let message = format!("a listing needs `{SIGNATURE}`: the chapter calls it");
    Some(Diagnostic {
        level: "error",
        rendered: format!("error: {message}\n"),
        message,
        place: Some(Place {
            line,
            column: 1,
            end_line: line,
            end_column: 1,
        }),
    })
}
