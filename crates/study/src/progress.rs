//! How far the reader has come: plain lines of text, each a key and a value.
//!
//! ```text
//! exercise chapter2/both_streams passed
//! last chapter5-pipes/index.html
//! predict chapter5/word_count 1a2b3c4d 2
//! ```
//!
//! The value is the last word, the key all words before it. A line that begins
//! with `#`, or has fewer than two words, means nothing and is kept as it is. So
//! whoever edits the file by hand loses nothing, and an older book keeps what a
//! newer one wrote.

use recording::catalogue::{ExerciseName, HINTS};
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// The key of the page that was read last.
pub const LAST: &str = "last";

/// The key of the exercise that was studied last: opened in the terminal, or saved,
/// or passed.
pub const STUDYING: &str = "studying";

/// The value of an exercise whose check has passed.
pub const PASSED: &str = "passed";

/// The longest key or value that is taken.
const MAX_WORD_BYTES: usize = 300;

/// What is remembered, with the lines that mean nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress(Vec<Line>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    Entry(String, String),
    Other(String),
}

impl Line {
    /// Some editors begin a text with a byte order mark (U+FEFF).
    fn parse(line: &str) -> Line {
        let words: Vec<_> = line.split_whitespace().collect();
        match words[..] {
            [ref key @ .., value]
                if !key.is_empty() && !key[0].trim_start_matches('\u{feff}').starts_with('#') =>
            {
                Line::Entry(key.join(" "), value.to_owned())
            }
            _ => Line::Other(line.to_owned()),
        }
    }
}

impl Progress {
    /// Reads the lines; any text is progress. If a key stands twice, the last one
    /// holds.
    pub fn parse(text: &str) -> Progress {
        let mut lines = Vec::new();
        let mut places = HashMap::new();
        for line in text.lines() {
            let line = Line::parse(line);
            match &line {
                Line::Entry(key, _) => match places.get(key) {
                    Some(place) => lines[*place] = line,
                    None => {
                        places.insert(key.clone(), lines.len());
                        lines.push(line);
                    }
                },
                Line::Other(_) => lines.push(line),
            }
        }
        Progress(lines)
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.entries()
            .find_map(|(own, value)| (own == key).then_some(value))
    }

    /// All keys and values.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|line| match line {
            Line::Entry(key, value) => Some((key.as_str(), value.as_str())),
            Line::Other(_) => None,
        })
    }

    /// All keys and values, to be written as JSON.
    pub fn to_map(&self) -> BTreeMap<&str, &str> {
        self.entries().collect()
    }

    /// Sets a value: whether it was taken. What a line could not hold is not.
    pub fn set(&mut self, key: &str, value: &str) -> bool {
        let words: Vec<_> = key.split(' ').collect();
        let is_plain = |word: &&str| {
            !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || c.is_control())
        };
        let fits = key.len() <= MAX_WORD_BYTES && value.len() <= MAX_WORD_BYTES;
        let plain = words.iter().chain([&value]).all(is_plain) && !key.starts_with('#');
        if fits && plain {
            self.put(key.to_owned(), value.to_owned());
        }
        fits && plain
    }

    pub fn remove(&mut self, key: &str) {
        self.0
            .retain(|line| !matches!(line, Line::Entry(own, _) if own == key));
    }

    /// Removes all keys; other lines stay.
    pub fn clear(&mut self) {
        self.0.retain(|line| matches!(line, Line::Other(_)));
    }

    fn put(&mut self, key: String, value: String) {
        let place = self.0.iter_mut().find_map(|line| match line {
            Line::Entry(own, value) if *own == key => Some(value),
            _ => None,
        });
        match place {
            Some(place) => *place = value,
            None => self.0.push(Line::Entry(key, value)),
        }
    }
}

/// What is remembered of exercises.
impl Progress {
    pub fn has_passed(&self, name: &ExerciseName) -> bool {
        self.get(&format!("exercise {name}")) == Some(PASSED)
    }

    /// Notes that the reader is at the exercise.
    pub fn study(&mut self, name: &ExerciseName) {
        self.set(STUDYING, &name.to_string());
    }

    /// Notes that the exercise has passed: whether that is new.
    pub fn pass(&mut self, name: &ExerciseName) -> bool {
        let is_new = !self.has_passed(name);
        self.set(&format!("exercise {name}"), PASSED);
        self.study(name);
        is_new
    }

    /// The exercises that have passed or of which a hint was asked for, in the order of
    /// the lines.
    pub(crate) fn exercises(&self) -> impl Iterator<Item = &str> {
        self.entries().filter_map(|(key, _)| {
            let name = key.strip_prefix("exercise ");
            name.or(key.strip_prefix("hints "))
        })
    }

    /// How many of its hints the reader has asked for.
    pub fn hints(&self, name: &ExerciseName) -> usize {
        let hints = self.get(&format!("hints {name}"));
        let hints = hints.and_then(|hints| hints.parse().ok());
        hints.unwrap_or(0).min(HINTS.len())
    }

    /// Notes that the reader asks for one more hint: how many that makes.
    pub fn ask_for_a_hint(&mut self, name: &ExerciseName) -> usize {
        let hints = (self.hints(name) + 1).min(HINTS.len());
        self.set(&format!("hints {name}"), &hints.to_string());
        hints
    }

    /// Forgets that the exercise has passed, and its hints.
    pub fn forget(&mut self, name: &ExerciseName) {
        self.remove(&format!("exercise {name}"));
        self.remove(&format!("hints {name}"));
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.0 {
            match line {
                Line::Entry(key, value) => writeln!(f, "{key} {value}")?,
                Line::Other(line) => writeln!(f, "{line}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_key_and_a_value() {
        let progress = Progress::parse("predict chapter5/word_count 1a2b  2\nlast a/b.html\n");
        assert_eq!(progress.get("predict chapter5/word_count 1a2b"), Some("2"));
        assert_eq!(progress.get(LAST), Some("a/b.html"));
        assert_eq!(progress.get("predict"), None);
    }

    #[test]
    fn what_means_nothing_stays_where_it_is() {
        let text = "# mine: a note\n\nlast a.html\nword\nunknown key of tomorrow 7\n";
        let mut progress = Progress::parse(text);
        assert_eq!(progress.to_string(), text);
        progress.set(LAST, "b.html");
        assert_eq!(progress.to_string(), text.replace("a.html", "b.html"));
        progress.clear();
        assert_eq!(progress.to_string(), "# mine: a note\n\nword\n");
    }

    #[test]
    fn of_two_lines_the_last_one_holds() {
        let progress = Progress::parse("last a.html\nlast b.html\n");
        assert_eq!(progress.to_string(), "last b.html\n");
    }

    #[test]
    fn what_could_not_be_read_again_is_not_written() {
        let mut progress = Progress::default();
        let long = "x".repeat(1000);
        for (key, value) in [
            ("", "a"),
            ("a", ""),
            ("a", "b c"),
            ("a\nb", "c"),
            ("a  b", "c"),
            ("#a", "b"),
            ("a", "b\u{0}"),
            (&long, "a"),
        ] {
            assert!(!progress.set(key, value), "{key:?} {value:?}");
        }
        assert_eq!(progress, Progress::default());
    }

    #[test]
    fn there_are_no_more_hints_than_three_whatever_the_file_says() {
        let name: ExerciseName = "chapter2/both_streams".parse().unwrap();
        let text = format!("hints chapter2/both_streams {}\n", u64::MAX);
        let mut progress = Progress::parse(&text);
        assert_eq!(progress.ask_for_a_hint(&name), 3);
    }

    #[test]
    fn an_exercise_is_passed_until_it_is_forgotten() {
        let name: ExerciseName = "chapter2/both_streams".parse().unwrap();
        let mut progress = Progress::parse("exercise chapter2/both_streams no\n");
        assert!(!progress.has_passed(&name));
        assert!(progress.pass(&name) && !progress.pass(&name));
        assert_eq!(progress.ask_for_a_hint(&name), 1);
        assert_eq!(progress.ask_for_a_hint(&name), 2);
        assert_eq!(
            (progress.has_passed(&name), progress.hints(&name)),
            (true, 2)
        );
        progress.forget(&name);
        assert_eq!(
            (progress.has_passed(&name), progress.hints(&name)),
            (false, 0)
        );
    }
}
