//! What stands on the terminal, as text.

use super::window::Size;
use crate::exercise_check::{CheckVerdict, PASSED};
use recording::catalogue::{Exercise, HINTS};
use std::env;
use std::fmt::Write;
use std::iter;
use textwrap::core::display_width;

/// The width of lines where the terminal's is not known, in columns.
const DEFAULT_WIDTH: usize = 80;

/// The width up to which lines are read well, in columns.
const MAX_WIDTH: usize = 100;

/// How far apart a terminal's tab stops are, in columns.
const TAB: usize = 8;

/// Whether there are colours, and how many columns.
#[derive(Clone, Copy)]
pub(super) struct Style {
    colours: bool,
    width: usize,
}

impl Style {
    /// For a file or a pipe.
    pub(super) fn plain() -> Style {
        Style {
            colours: false,
            width: DEFAULT_WIDTH,
        }
    }

    /// For a terminal of this size. `NO_COLOR` is heeded (no-color.org).
    pub(super) fn of_a_terminal(size: Option<Size>) -> Style {
        let width = size.map_or(DEFAULT_WIDTH, |size| size.columns);
        let unwanted = env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
        Style {
            colours: !unwanted,
            width: width.clamp(20, MAX_WIDTH),
        }
    }

    /// Text with a parameter of ECMA-48's SGR: 1 is bold, 2 faint, 31 red, 32 green.
    fn styled(self, parameter: u8, text: &str) -> String {
        match self.colours {
            true => format!("\x1b[{parameter}m{text}\x1b[0m"),
            false => text.to_owned(),
        }
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.styled(1, text)
    }

    pub(super) fn faint(self, text: &str) -> String {
        self.styled(2, text)
    }
}

/// The exercise: its title, and what to do.
pub(super) fn task(exercise: &Exercise, style: Style) -> String {
    let title = style.bold(&exercise.title);
    format!("\n{title}\n\n{}\n", wrapped(&exercise.task, style))
}

/// How a check came out.
pub(super) fn verdict(verdict: &CheckVerdict, style: Style) -> String {
    let mut text = String::new();
    for said in verdict.said() {
        if said.is_rustc && !text.is_empty() {
            text.push('\n');
        }
        if let Some(mark) = said.mark {
            let colour = if mark == PASSED { 32 } else { 31 };
            let _ = write!(text, "{} ", style.styled(colour, mark));
        }
        let shown = match said.is_rustc {
            true => said.text,
            false => hanging(&said.text, style),
        };
        let _ = writeln!(text, "{shown}");
    }
    if verdict.passed {
        text.push_str(&style.styled(32, "passed"));
    }
    text.trim_end().to_owned()
}

/// The first hints of an exercise.
pub(super) fn hints(exercise: &Exercise, shown: usize, style: Style) -> String {
    let mut text = String::new();
    let hints = exercise.settings.hints.iter().zip(HINTS);
    for (at, (hint, about)) in hints.take(shown).enumerate() {
        let hint = wrapped(&format!("Hint {}, {about}: {hint}", at + 1), style);
        let _ = writeln!(text, "\n{hint}");
    }
    text
}

/// Text whose lines below the first are indented. One of them that is too wide goes on
/// further to the right.
fn hanging(text: &str, style: Style) -> String {
    let filled = text.lines().enumerate().map(|(at, line)| {
        let line = without_tabs(line);
        let indent = line.len() - line.trim_start().len();
        let further = " ".repeat(indent + 2);
        let options = textwrap::Options::new(style.width).subsequent_indent(&further);
        match at {
            0 => line,
            _ => textwrap::fill(&line, options),
        }
    });
    filled.collect::<Vec<_>>().join("\n")
}

/// A line with spaces for its tabs, of which nobody counts the width.
pub(super) fn without_tabs(line: &str) -> String {
    let mut spaced = String::new();
    let mut width = 0;
    for (at, part) in line.split('\t').enumerate() {
        if at > 0 {
            let spaces = TAB - width % TAB;
            spaced.extend(iter::repeat_n(' ', spaces));
            width += spaces;
        }
        spaced.push_str(part);
        width += display_width(part);
    }
    spaced
}

/// Paragraphs, filled anew. Lists and code stay line by line.
pub(super) fn wrapped(text: &str, style: Style) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let begins =
            line.starts_with([' ', '-', '*', '|']) || line.starts_with("```") || is_numbered(line);
        let blank = line.trim().is_empty();
        match lines.last_mut().filter(|_| is_open && !begins && !blank) {
            Some(last) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            None => lines.push(line.to_owned()),
        }
        is_open = !blank && !line.starts_with([' ', '|']) && !line.starts_with("```");
    }
    let filled = lines.iter().map(|line| match line.starts_with(' ') {
        true => line.clone(),
        false => textwrap::fill(line, style.width),
    });
    filled.collect::<Vec<_>>().join("\n")
}

/// `1. An item of a list`, and not a line that happens to begin with a number.
fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(". ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise_check::TrialResult;

    #[test]
    fn a_paragraph_is_filled_and_code_is_not() {
        let style = Style {
            colours: false,
            width: 20,
        };
        let text = "`one` two three four\n0, six\n\n    let a = 1; // a long line\n- item\n";
        assert_eq!(
            wrapped(text, style),
            "`one` two three four\n0, six\n\n    let a = 1; // a long line\n- item"
        );
    }

    #[test]
    fn a_verdict_shows_each_trial_with_its_message() {
        let verdict_of = CheckVerdict {
            trials: vec![
                TrialResult::of("a b", true, ""),
                TrialResult::of("c", false, "  expected: x"),
            ],
            ..CheckVerdict::default()
        };
        assert_eq!(
            verdict(&verdict_of, Style::plain()),
            "✓ a b\n✗ c\n    expected: x"
        );
    }

    #[test]
    fn a_tab_goes_on_to_the_next_column_of_eight() {
        let text = "0\n  \ta\n  12345\tb\n  123456\tc\n  \x1b[31mred\x1b[0m\td";
        let lines = [
            "0",
            "        a",
            "  12345 b",
            "  123456        c",
            "  \x1b[31mred\x1b[0m   d",
        ];
        assert_eq!(hanging(text, Style::plain()), lines.join("\n"));
        // None is wider than is counted.
        let narrow = Style {
            colours: false,
            width: 20,
        };
        assert_eq!(
            hanging("0\n  a\tb\tc defg", narrow),
            "0\n  a     b       c\n    defg"
        );
    }
}
