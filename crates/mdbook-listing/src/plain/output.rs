//! What a recorded run said, as it stood on a terminal.

use super::markdown::fence;
use crate::events::page_events;
use crate::output::{Part, Stream, ending, parts, recorded_on};
use recording::Recording;
use recording::catalogue::Settings;

/// Lines that are shown of a long output: half of them are its last.
const MOST_LINES: usize = 120;

/// The command, what came, and how it ended.
pub(super) fn output(recording: &Recording, settings: &Settings, command: &str) -> String {
    let parts = parts(&page_events(recording, settings));
    let is_marked = parts.iter().any(Part::is_marked);
    let mut lines = Vec::new();
    for part in &parts {
        let gutter = match is_marked {
            true => gutter(part),
            false => "",
        };
        let text = part.text();
        lines.extend(text.lines().map(|line| format!("{gutter}{line}")));
    }
    let lines = shortened(lines);
    let screen = [vec![format!("$ {command}")], lines].concat().join("\n");
    let silent = !parts.iter().any(Part::is_written);
    let said = silent.then(|| "no output".to_owned());
    let said = said.into_iter().chain(ending(recording));
    let said: Vec<_> = said.chain([recorded_on(recording)]).collect();
    format!("{}\n\n*{}*", fence("console", &screen), said.join(" · "))
}

/// What stands before the lines of each stream, if there is another than stdout. Of what
/// is left out nobody knows over which it went.
fn gutter(part: &Part) -> &'static str {
    match part {
        Part::Bytes(Stream::Stderr, _) => "err ",
        Part::Bytes(Stream::Stdin, _) => "in  ",
        Part::Bytes(Stream::Stdout, _) | Part::LeftOut(_) => "    ",
    }
}

fn shortened(lines: Vec<String>) -> Vec<String> {
    let left_out = lines.len().saturating_sub(MOST_LINES);
    if left_out < 2 {
        return lines;
    }
    let (first, rest) = lines.split_at(MOST_LINES / 2);
    let gap = format!("… {left_out} lines left out");
    [first, &[gap], &rest[left_out..]].concat()
}

/// The same for what was never recorded: only the command stands there.
pub(super) fn unrecorded(command: &str) -> String {
    fence("console", &format!("$ {command}"))
}
