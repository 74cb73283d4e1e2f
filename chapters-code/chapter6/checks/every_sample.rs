use super::samples;
use anyhow::{Context, ensure};
use duct::cmd;
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read};
use trial::{same, trial};

const PAGE: &str = "chapter6-microphone/bytes-into-samples.md";

/// A stream that is cut as the check wants: each read brings one piece.
struct Cut(VecDeque<io::Result<Vec<u8>>>);

impl Read for Cut {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let Some(piece) = self.0.pop_front() else {
            return Ok(0);
        };
        let mut piece = piece?;
        let length = piece.len().min(room.len());
        room[..length].copy_from_slice(&piece[..length]);
        if length < piece.len() {
            self.0.push_front(Ok(piece.split_off(length)));
        }
        Ok(length)
    }
}

/// The bytes of these samples, in pieces of so many.
fn cut(samples: &[i16], size: usize) -> Cut {
    let bytes: Vec<u8> = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
    Cut(bytes.chunks(size).map(|piece| Ok(piece.to_vec())).collect())
}

#[test]
fn the_same_samples_come_from_pieces_of_any_size() {
    trial("the same samples, cut in two ways or in twenty", || {
        let expected = [1, -2, 300, -400, 32_767, -32_768, 7, 8, 9];
        for size in [18, 2, 4, 3, 5, 7, 17] {
            let found: io::Result<Vec<_>> =
                samples(cut(&expected, size)).collect();
            let found = found.with_context(|| {
                format!("an item, in pieces of {size} bytes, was an error")
            })?;
            let what = format!("what comes in pieces of {size} bytes");
            same(&what, &found, &expected.to_vec())?;
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_byte_that_comes_alone_is_not_the_end() {
    trial("all samples, though the bytes come one by one", || {
        let expected: Vec<i16> = (0..5000).collect();
        let found: io::Result<Vec<_>> = samples(cut(&expected, 1)).collect();
        let found = found.context("an item was an error")?;
        same("the number of samples", &found.len(), &expected.len())?;
        same("the samples", &found, &expected)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_child_that_fails_has_said_something_before() {
    trial("the child's two samples, and then its error", || {
        let child = cmd!("sh", "-c", r"printf '\1\2\3\4'; exit 3");
        let mut items = samples(child.reader()?);
        for expected in [0x0201, 0x0403] {
            let item = items.next().context("the iterator ended early")?;
            let item = item.context("the error came before a sample")?;
            same("a sample", &item, &expected)?;
        }
        let last = items.next().context("the error was not told")?;
        ensure!(last.is_err(), "a sample came in place of the error");
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn half_a_sample_at_the_end_is_told() {
    trial("one sample, and then an error for the half one", || {
        let stream = Cut([Ok(vec![1, 0]), Ok(vec![2])].into());
        let mut items = samples(stream);
        let first = items.next().context("no sample came")??;
        same("the sample", &first, &1)?;
        let last = items.next().context("half a sample was dropped")?;
        let kind = last.err().map(|error| error.kind());
        same("the error", &kind, &Some(ErrorKind::UnexpectedEof))
    })
    .read(PAGE)
    .passes();
}
