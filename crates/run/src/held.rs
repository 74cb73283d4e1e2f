//! Output that was read, held back until all is known that came before it.

use crate::readiness::Source;
use crate::stream::begun_character;
use recording::{Bytes, Kind};
use std::collections::VecDeque;
use std::time::Instant;

/// A piece of output, and its place in its stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) when: Instant,
    pub(crate) source: Source,
    /// How many bytes the stream has had before it.
    pub(crate) start: u64,
    pub(crate) bytes: Vec<u8>,
}

impl Piece {
    /// It as an event.
    pub(crate) fn happened(self) -> (Instant, Kind) {
        let bytes = Bytes(self.bytes);
        let kind = match self.source {
            Source::Stdout => Kind::Stdout(bytes),
            _ => Kind::Stderr(bytes),
        };
        (self.when, kind)
    }
}

/// Pieces in the order in which they were read.
#[derive(Debug, Default)]
pub(crate) struct Held {
    pieces: VecDeque<Piece>,
}

impl Held {
    pub(crate) fn push(&mut self, piece: Piece) {
        self.pieces.push_back(piece);
    }

    pub(crate) fn count(&self) -> usize {
        self.pieces.len()
    }

    pub(crate) fn all(&mut self) -> VecDeque<Piece> {
        std::mem::take(&mut self.pieces)
    }

    /// Takes out what had been written when the streams had had so many bytes. A
    /// character that was begun then, and became whole later, stays.
    pub(crate) fn before(&mut self, stdout: u64, stderr: u64) -> Vec<Piece> {
        let mut before = Vec::new();
        let mut after = VecDeque::new();
        for mut piece in self.all() {
            let count = match piece.source {
                Source::Stdout => stdout,
                _ => stderr,
            };
            let length = count.saturating_sub(piece.start);
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            if length < piece.bytes.len() {
                let whole = length - begun_character(&piece.bytes[..length]);
                let rest = piece.bytes.split_off(whole);
                after.push_back(Piece {
                    when: piece.when,
                    source: piece.source,
                    start: piece.start + whole as u64,
                    bytes: rest,
                });
            }
            if !piece.bytes.is_empty() {
                before.push(piece);
            }
        }
        self.pieces = after;
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(source: Source, start: u64, text: &str) -> Piece {
        Piece {
            when: Instant::now(),
            source,
            start,
            bytes: text.as_bytes().to_vec(),
        }
    }

    fn texts(pieces: impl IntoIterator<Item = Piece>) -> Vec<String> {
        let text = |piece: Piece| String::from_utf8(piece.bytes).unwrap();
        pieces.into_iter().map(text).collect()
    }

    #[test]
    fn each_stream_is_cut_at_its_own_count() {
        let mut held = Held::default();
        held.push(piece(Source::Stdout, 10, "abc"));
        held.push(piece(Source::Stderr, 0, "def"));
        held.push(piece(Source::Stdout, 13, "ghi"));
        assert_eq!(texts(held.before(14, 0)), ["abc", "g"]);
        assert_eq!(texts(held.before(14, 2)), ["de"]);
        assert_eq!(texts(held.all()), ["f", "hi"]);
    }

    #[test]
    fn a_character_is_not_cut() {
        let mut held = Held::default();
        held.push(piece(Source::Stdout, 0, "aéb"));
        assert_eq!(texts(held.before(2, 0)), ["a"]);
        assert_eq!(texts(held.before(3, 0)), ["é"]);
        assert_eq!(texts(held.all()), ["b"]);
    }
}
