//! A question whose answer is typed: what stands in a recording, as text.

use recording::catalogue::Settings;
use recording::{Masked, Outcome, Recording};
use serde::Deserialize;

/// The most that a browser keeps of an answer, in bytes, percent-encoded.
const MAX_ANSWER_BYTES: usize = 100;

/// Where in the recording the answer stands.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Short {
    /// It is the exit status.
    Exit(bool),
    /// It is a whole line, counted from 1, or what of it stands before the unit.
    StdoutLine(usize),
    /// It follows the first place of this text, up to its unit or the end of the line:
    /// in stdout, or else in stderr.
    After(String),
}

/// The right answer, and what the line has around it: it may be typed with the answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    pub(crate) before: String,
    /// Without its unit.
    pub(crate) text: String,
    pub(crate) behind: String,
}

/// An answer that people give, and that is wrong.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slip {
    pub(crate) text: String,
    /// What would have to be true for it.
    pub(crate) why: String,
}

impl Short {
    /// What is wrong with it, whatever the recording says.
    pub(crate) fn fault(&self) -> Option<String> {
        let fault = match self {
            Short::Exit(false) => "`exit = false` asks for nothing",
            Short::StdoutLine(0) => "lines are counted from 1",
            Short::After(piece) if piece.is_empty() => "`after` is empty",
            _ => return None,
        };
        Some(fault.to_owned())
    }

    /// The right answer, in its line.
    ///
    /// # Errors
    /// The recording has none, or hides it, or nobody could type it.
    pub(crate) fn answer(
        &self,
        recording: &Recording,
        settings: &Settings,
        unit: &str,
    ) -> Result<Printed, String> {
        let answer = match self {
            Short::Exit(_) => match recording.outcome() {
                // As std prints it; below a listing it has no colon.
                Some(Outcome::Code(code)) => Printed {
                    before: "exit status: ".to_owned(),
                    text: code.to_string(),
                    behind: String::new(),
                },
                _ => return Err("the recording ends without an exit status".to_owned()),
            },
            Short::StdoutLine(number) => {
                let stdout = recording.stdout();
                let start = start_of_line(*number, &stdout);
                let start = start.ok_or(format!("stdout has no line {number} in the recording"))?;
                in_line(&stdout, start, settings, unit)?
            }
            Short::After(piece) => {
                let streams = [recording.stdout(), recording.stderr()];
                let mut found = streams.iter().filter_map(|stream| {
                    let start = find(piece, stream)? + piece.len();
                    Some(in_line(stream, start, settings, unit))
                });
                let none = || format!("`{}` does not stand in the recording", piece.escape_debug());
                found.next().ok_or_else(none)??
            }
        };
        let text = &answer.text;
        if text.is_empty() {
            return Err("the right answer is empty".to_owned());
        }
        if text.chars().any(char::is_control) || encoded_length(text) > MAX_ANSWER_BYTES {
            let answer = text.escape_debug();
            return Err(format!("nobody would type the right answer, `{answer}`"));
        }
        Ok(answer)
    }
}

/// The place of a text in a stream.
pub(crate) fn find(piece: &str, stream: &[u8]) -> Option<usize> {
    let mut windows = stream.windows(piece.len().max(1));
    windows.position(|window| window == piece.as_bytes())
}

/// The place where a line begins, counted from 1.
fn start_of_line(number: usize, stream: &[u8]) -> Option<usize> {
    let lines = stream.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.clone().take(number - 1).map(<[u8]>::len).sum();
    (lines.count() >= number).then_some(before)
}

/// What stands from `start` to the end of its line, or to its unit.
///
/// # Errors
/// It is no text, or a mask hides some of it.
fn in_line(
    stream: &[u8],
    start: usize,
    settings: &Settings,
    unit: &str,
) -> Result<Printed, String> {
    let (before, rest) = stream.split_at(start);
    let rest = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = std::str::from_utf8(rest).map_err(|_| "the right answer is no text".to_owned())?;
    let text = match start_of_unit(line, unit) {
        // The unit stays with it: by the unit a mask knows a number.
        Some(at) => &line[..at + unit.len()],
        None => line,
    };
    // No mask looks beyond its line.
    let head = before
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let masked = |bytes: &[u8]| Masked::new(bytes, &settings.masks).text;
    let shown = masked(head) + &Masked::new(text.as_bytes(), &[]).text;
    if !masked(&[head, rest].concat()).starts_with(&shown) {
        return Err(format!("a mask hides the right answer, `{}`", text.trim()));
    }
    let end = start_of_unit(text, unit).unwrap_or(text.len());
    Ok(Printed {
        before: String::from_utf8_lossy(head).into_owned(),
        text: text[..end].trim().to_owned(),
        behind: line[end..].trim().to_owned(),
    })
}

/// Where the unit stands in a line, behind a number or a word.
fn start_of_unit(text: &str, unit: &str) -> Option<usize> {
    let stands_alone = |at: &usize| {
        let (before, after) = (&text[..*at], &text[at + unit.len()..]);
        !before.trim().is_empty()
            && before.ends_with(|c: char| c.is_whitespace() || c.is_ascii_digit())
            && !after.starts_with(char::is_alphanumeric)
    };
    let mut places = text.match_indices(unit).map(|(at, _)| at);
    places.find(stands_alone).filter(|_| !unit.is_empty())
}

/// As `encodeURIComponent` writes it.
fn encoded_length(text: &str) -> usize {
    let length = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) => 1,
        _ => 3,
    };
    text.bytes().map(length).sum()
}

/// What is compared of an answer: two that a reader would call the same are.
/// predict.js has this rule too.
pub(crate) fn plain(text: &str, unit: &str) -> String {
    let text = text.trim().to_lowercase();
    let bare = text.strip_suffix(&unit.to_lowercase()).map(str::trim);
    let text = bare.filter(|bare| !bare.is_empty()).unwrap_or(&text);
    match is_grouped(text) {
        true => text.replace(',', ""),
        false => text.to_owned(),
    }
}

/// `1,000`, `-65,536.5`
fn is_grouped(text: &str) -> bool {
    let number = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let are_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let is_first = |group: &str| are_digits(group) && group.len() <= 3;
    groups.next().is_some_and(is_first)
        && groups.all(|group| are_digits(group) && group.len() == 3)
        && are_digits(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_and_the_same_words_are_the_same_answer() {
        for (one, other) in [
            (" 1,000 ", "1000"),
            ("-65,536.5", "-65536.5"),
            ("1,048,576 Bytes", "1048576"),
            ("Exit Status", "exit status"),
            ("12bytes", "12"),
        ] {
            assert_eq!(plain(one, "bytes"), plain(other, "bytes"));
        }
        for (one, other) in [
            ("1,00", "100"),
            ("a,bcd", "abcd"),
            ("1,000,", "1000"),
            ("bytes", ""),
        ] {
            assert_ne!(plain(one, "bytes"), plain(other, "bytes"));
        }
    }

    #[test]
    fn a_browser_s_percent_encoding_is_counted() {
        assert_eq!(encoded_length("exit 3"), 8);
        assert_eq!(encoded_length("naïve (1)"), 9 + 5 + 2);
    }
}
