//! Values and output as a message shows them: short, and without control
//! characters.

use std::fmt::Debug;

/// More characters of one value or line would hide the rest of the message.
const MAX_CHARACTERS: usize = 300;

/// The last lines of a stream that a message repeats.
const MAX_LINES: usize = 12;

pub(crate) fn shortened(value: &impl Debug) -> String {
    cut(format!("{value:?}"))
}

/// The last lines of a stream, each behind a bar.
pub(crate) fn quoted(stream: &str) -> String {
    let lines: Vec<_> = stream.lines().collect();
    let skipped = lines.len().saturating_sub(MAX_LINES);
    let mut text = String::new();
    if skipped > 0 {
        text.push_str(&format!("    | … {skipped} lines before\n"));
    }
    for line in &lines[skipped..] {
        text.push_str(&format!("    | {}\n", cut(visible(line))));
    }
    text
}

/// The text with its control characters escaped: a terminal would obey them.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push(c),
            c if c.is_control() => shown.extend(c.escape_debug()),
            c => shown.push(c),
        }
    }
    shown
}

fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_CHARACTERS) {
        let length = text.chars().count();
        text.truncate(end);
        text.push_str(&format!("… ({length} characters)"));
    }
    text
}
