//! What one call of a reader gave, and the words that the page's tables have
//! for it.

use std::io::{self, ErrorKind};

/// What one call gave.
pub struct Got {
    /// As the table shows it.
    pub shown: String,
    /// What came of the stream.
    pub bytes: Vec<u8>,
    /// Whether it says that nothing will come any more.
    pub ended: bool,
}

/// `Ok`, with what a call gave besides a number.
pub fn bytes(bytes: &[u8]) -> Got {
    Got {
        shown: format!("b\"{}\"", bytes.escape_ascii()),
        bytes: bytes.to_vec(),
        ended: false,
    }
}

pub fn text(text: &str) -> Got {
    Got {
        shown: format!("{text:?}"),
        bytes: text.as_bytes().to_vec(),
        ended: false,
    }
}

/// The end of the stream, in the manner of the call.
pub fn end(shown: &str) -> Got {
    Got {
        shown: shown.to_owned(),
        bytes: vec![],
        ended: true,
    }
}

/// The table shows an error by its kind: two of one kind are one.
pub fn error(error: &io::Error) -> Got {
    Got {
        shown: format!("{:?}", error.kind()),
        bytes: vec![],
        ended: matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::Other),
    }
}

/// In the manner of a call that returns how much it has read: 0 is the end.
pub fn counted(read: io::Result<usize>, got: impl FnOnce(usize) -> Got) -> Got {
    match read {
        Ok(0) => end("0"),
        Ok(length) => got(length),
        Err(failed) => error(&failed),
    }
}

/// In the manner of an iterator.
pub fn item<T>(item: Option<io::Result<T>>, got: impl FnOnce(T) -> Got) -> Got {
    match item {
        None => end("None"),
        Some(Ok(item)) => got(item),
        Some(Err(failed)) => error(&failed),
    }
}

/// One call after the other, until one says that nothing is left.
pub fn until_end(mut call: impl FnMut() -> Got) -> Vec<Got> {
    let mut all = vec![call()];
    while all.last().is_some_and(|last| !last.ended) {
        all.push(call());
    }
    all
}

/// When the call returns, by what it gave of a child that writes `one\nha`,
/// and `lf\n` and `end\n` after each piece before has been taken.
pub fn returns_when(first: &Got) -> String {
    match first.bytes.trim_ascii_end() {
        b"one\nha" => "something is there".to_owned(),
        b"one" => "a newline is there".to_owned(),
        b"one\nhalf" => "8 are there".to_owned(),
        b"one\nhalf\nend" => "the stream ends".to_owned(),
        _ => first.shown.clone(),
    }
}

/// What bounds it, by what it gave of a line of a MiB.
pub fn limit(first: &Got) -> String {
    match first.bytes.len() {
        0 => first.shown.clone(),
        4096 => "4,096".to_owned(),
        length if length >= 1 << 20 => "memory".to_owned(),
        length => length.to_string(),
    }
}

/// What a cancelled call has lost, by what came from it and those after it, of
/// `half ` and `and half\n`.
pub fn cancelled(all: &[Got]) -> String {
    let came: Vec<u8> = all.iter().flat_map(|got| got.bytes.clone()).collect();
    match came.trim_ascii_end() {
        b"half and half" => "nothing is lost".to_owned(),
        b"and half" => "what it had read is lost".to_owned(),
        b"" => "all is lost".to_owned(),
        other => other.escape_ascii().to_string(),
    }
}

/// All that came, as a cell of the table, without an end that is none but an
/// end.
pub fn cell(all: &[Got]) -> String {
    let told = all
        .iter()
        .filter(|got| !["0", "None"].contains(&got.shown.as_str()));
    let shown = told.map(|got| format!("`{}`", got.shown));
    shown.collect::<Vec<_>>().join(", ")
}
