use super::decode;
use anyhow::ensure;
use duct::cmd;
use std::cell::RefCell;
use std::io::{self, Read};
use trial::{same, trial};

const PAGE: &str = "chapter3-stdout/bytes-text-lines.md";

/// A stream that comes in these pieces.
struct Pieces<'a> {
    pieces: &'a [&'a [u8]],
    left: &'a [u8],
    seen: &'a RefCell<String>,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty()
            && let Some((first, others)) = self.pieces.split_first()
        {
            self.seen.borrow_mut().push('|');
            (self.left, self.pieces) = (first, others);
        }
        self.left.read(buffer)
    }
}

/// What is shown of a stream in these pieces, with a `|` wherever one of them
/// is read; and whether all is well.
fn seen(pieces: &[&[u8]]) -> (String, bool) {
    let seen = RefCell::new(String::new());
    let from = Pieces {
        pieces,
        left: &[],
        seen: &seen,
    };
    let done = decode(from, |text| seen.borrow_mut().push_str(text));
    (seen.into_inner(), done.is_ok())
}

#[test]
fn a_character_comes_whole_wherever_it_is_cut() {
    trial("each character whole, and before the next read", || {
        let shown = "what is shown, with a | before each piece that is read,";
        let (text, well) = seen(&[b"caf\xc3", b"\xa9 noir\n"]);
        same(shown, &text.as_str(), &"|caf|é noir\n")?;
        ensure!(well, "`caf\\xc3`, `\\xa9 noir\\n` should not be an error");
        let (text, well) = seen(&[b"2", b" \xe2", b"\x82", b"\xac", b"?"]);
        same(shown, &text.as_str(), &"|2| ||€|?")?;
        ensure!(well, "a `€` in three pieces should not be an error");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn what_can_never_be_a_character_is_an_error_at_once() {
    trial("an error at the piece with the wrong byte", || {
        let (text, well) = seen(&[b"caf\xe9", b" noir", b" or", b" au lait"]);
        ensure!(!well, "a Latin-1 `caf\\xe9 noir` became Ok, as {text:?}");
        let read = text.matches('|').count();
        same("how many pieces are read up to the error", &read, &2)?;
        let before = "what is shown before the error";
        same(before, &text.as_str(), &"|caf|")?;
        // With the `a` it is sure that `\xe9` begins no character.
        let (text, well) = seen(&[b"c", b"a", b"f", b"\xe9", b"a", b"b"]);
        ensure!(!well, "a Latin-1 `caf\\xe9ab` became Ok, as {text:?}");
        let pieces = "what is shown of `caf\\xe9ab` in pieces of one byte";
        same(pieces, &text.as_str(), &"|c|a|f||")?;
        let (text, well) = seen(&[b"un caf\xe9 noir"]);
        ensure!(!well, "a Latin-1 `caf\\xe9 noir` became Ok, as {text:?}");
        same(before, &text.as_str(), &"|un caf")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn an_end_inside_a_character_is_an_error() {
    trial("an error for half a character at the end", || {
        let (text, well) = seen(&[b"caf\xc3"]);
        ensure!(!well, "`caf\\xc3` and no more became Ok, as {text:?}");
        let (_, well) = seen(&[]);
        ensure!(well, "a stream without a byte should not be an error");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_childs_output_is_decoded_and_its_failure_told() {
    trial("40,000 characters from a child; its failure", || {
        let accents = "printf x; yes é | head -n 40000 | tr -d '\\n'";
        let mut text = String::new();
        let child = cmd!("sh", "-c", accents).reader()?;
        decode(child, |piece| text.push_str(piece))?;
        let wrong = text.matches(|c| c != 'x' && c != 'é').count();
        same("the number of characters that are no é", &wrong, &0)?;
        same("the number of bytes", &text.len(), &80_001)?;
        let child = cmd!("sh", "-c", "printf caf; exit 3").reader()?;
        let failed = decode(child, |_| {}).is_err();
        ensure!(failed, "the child exited with 3, and decode is Ok");
        Ok(())
    })
    .read(PAGE)
    .passes();
}
