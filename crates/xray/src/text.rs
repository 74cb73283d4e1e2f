//! The rows as lines of text, for a terminal and for the tests.

use crate::xray::XRay;
use std::fmt::Write;

/// A line for each row: number, time in seconds, the listing's line, sentence. A `>`
/// marks the row `open`, and a `~` the line of a child's own start.
pub fn rows(xray: &XRay, open: Option<u32>) -> String {
    let mut text = String::new();
    for row in xray.rows() {
        let dim = if row.dim { "~" } else { "" };
        let line = row
            .line
            .map_or(String::new(), |line| format!("{dim}{line}"));
        let mark = if open == Some(row.n) { ">" } else { " " };
        let round = row
            .round
            .map_or(String::new(), |it| format!("[round {it}] "));
        let (n, t, sentence) = (row.n, row.t, &row.text);
        // To write to a String cannot fail.
        let _ = writeln!(text, "{mark}{n:3} {t:8.4} {line:>4} {round}{sentence}");
    }
    text
}
