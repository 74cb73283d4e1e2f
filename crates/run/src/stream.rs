//! One output stream of a program: read in pieces that cut no character.

use crate::counts::Count;
use anyhow::Context;
use rustix::buffer::spare_capacity;
use rustix::io::{Errno, ioctl_fionbio, read};
use std::io::{self, PipeReader};
use std::os::fd::{AsFd, BorrowedFd};

/// As much as a pipe holds (`pipe(7)`).
const PIPE_CAPACITY_BYTES: usize = 64 * 1024;

/// The read end of a pipe that a program writes to.
#[derive(Debug)]
pub(crate) struct Stream {
    pipe: Option<PipeReader>,
    /// The beginning of a character whose rest has not come yet, up to 3 bytes, and
    /// room for the next piece behind it.
    buffer: Vec<u8>,
    /// How many bytes were read.
    read: u64,
    /// Where a tracer sees that.
    count: Option<Count>,
}

/// What a read that does not wait has found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A piece, or none if only the beginning of a character came; and whether the
    /// buffer was filled, so that there may be more.
    Piece(Option<Vec<u8>>, bool),
    /// Nothing yet.
    Nothing,
    /// The end: now [`Stream::end`] has what is left.
    End,
}

impl Stream {
    pub(crate) fn new(pipe: PipeReader, count: Option<Count>) -> anyhow::Result<Stream> {
        // This end of the pipe does not wait; the program's end does, as programs
        // expect.
        ioctl_fionbio(&pipe, true).context("setting up a pipe")?;
        Ok(Stream {
            pipe: Some(pipe),
            buffer: Vec::with_capacity(PIPE_CAPACITY_BYTES),
            read: 0,
            count,
        })
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.pipe.is_none()
    }

    /// What can be waited for; `None` at the end.
    pub(crate) fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.pipe.as_ref().map(AsFd::as_fd)
    }

    /// Reads what is there, without waiting.
    ///
    /// # Errors
    /// The system cannot read.
    pub(crate) fn try_read(&mut self) -> io::Result<Found> {
        if self.pipe.is_none() {
            return Ok(Found::End);
        }
        loop {
            return match self.read_counted()? {
                Ok(0) => Ok(Found::End),
                Ok(_) => {
                    let full = self.buffer.len() == self.buffer.capacity();
                    Ok(Found::Piece(self.take_whole_characters(), full))
                }
                Err(Errno::AGAIN) => Ok(Found::Nothing),
                Err(Errno::INTR) => continue,
                Err(errno) => Err(errno.into()),
            };
        }
    }

    fn read_counted(&mut self) -> io::Result<Result<usize, Errno>> {
        let Some(pipe) = &self.pipe else {
            return Ok(Ok(0));
        };
        if let Some(count) = &self.count {
            count.begin(self.read)?;
        }
        let length = read(pipe, spare_capacity(&mut self.buffer));
        self.read += length.unwrap_or(0) as u64;
        if let Some(count) = &self.count {
            count.end(self.read)?;
        }
        Ok(length)
    }

    /// How many bytes were read.
    pub(crate) fn read_bytes(&self) -> u64 {
        self.read
    }

    /// How many bytes were given out: all but the beginning of a character.
    pub(crate) fn given_bytes(&self) -> u64 {
        self.read - self.buffer.len() as u64
    }

    /// Stops reading, and gives up the beginning of a character that was never
    /// completed.
    pub(crate) fn end(&mut self) -> Option<Vec<u8>> {
        self.pipe = None;
        let rest = std::mem::take(&mut self.buffer);
        (!rest.is_empty()).then_some(rest)
    }

    fn take_whole_characters(&mut self) -> Option<Vec<u8>> {
        let whole = self.buffer.len() - begun_character(&self.buffer);
        let piece = if whole > PIPE_CAPACITY_BYTES / 2 {
            // A new buffer costs less than a copy of so long a piece.
            let mut buffer = Vec::with_capacity(PIPE_CAPACITY_BYTES);
            buffer.extend_from_slice(&self.buffer[whole..]);
            self.buffer.truncate(whole);
            std::mem::replace(&mut self.buffer, buffer)
        } else {
            self.buffer.drain(..whole).collect()
        };
        (!piece.is_empty()).then_some(piece)
    }
}

// ANCHOR: begun_character
/// How many bytes at the end are a character's beginning and could become a
/// whole one: 0 to 3.
pub(crate) fn begun_character(bytes: &[u8]) -> usize {
    let continues = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    let tail = &bytes[bytes.len().saturating_sub(3)..];
    let Some(first) = tail.iter().rposition(|&byte| !continues(byte)) else {
        return 0;
    };
    match std::str::from_utf8(&tail[first..]) {
        Err(error) if error.valid_up_to() == 0 && error.error_len().is_none() => tail.len() - first,
        _ => 0,
    }
}
// ANCHOR_END: begun_character

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn only_what_can_become_a_character_is_carried() {
        for (bytes, carried) in [
            (&b""[..], 0),
            (b"a", 0),
            ("é".as_bytes(), 0),
            (b"a\xc3", 1),
            (b"\xe2\x82", 2),
            (b"\xf0\x9f\x98", 3),
            ("😀".as_bytes(), 0),
            // These three can begin no character.
            (b"\xff", 0),
            (b"\xc0", 0),
            (b"\xe0\x80", 0),
            // A continuation without a beginning; a beginning and a letter.
            (b"\x98\x80\x80", 0),
            (b"\xe2a", 0),
        ] {
            assert_eq!(begun_character(bytes), carried, "{bytes:x?}");
        }
    }

    #[track_caller]
    fn assert_next(stream: &mut Stream, piece: impl AsRef<[u8]>) {
        let piece = Some(piece.as_ref().to_vec()).filter(|piece| !piece.is_empty());
        assert_eq!(stream.try_read().unwrap(), Found::Piece(piece, false));
    }

    #[test]
    fn a_character_in_four_writes_is_one_piece() {
        let (reader, mut writer) = io::pipe().unwrap();
        let mut stream = Stream::new(reader, None).unwrap();
        let [first, second, third, last] = "😀".as_bytes() else {
            unreachable!()
        };
        writer.write_all(&[b'a', *first]).unwrap();
        assert_next(&mut stream, "a");
        for byte in [second, third] {
            writer.write_all(&[*byte]).unwrap();
            assert_next(&mut stream, "");
        }
        assert_eq!(stream.try_read().unwrap(), Found::Nothing);
        writer.write_all(&[*last]).unwrap();
        assert_next(&mut stream, "😀");
    }

    #[test]
    fn a_character_that_never_becomes_whole_comes_at_the_end() {
        let (reader, mut writer) = io::pipe().unwrap();
        let mut stream = Stream::new(reader, None).unwrap();
        writer.write_all(b"\xe2\x82").unwrap();
        drop(writer);
        assert_next(&mut stream, "");
        assert_eq!(stream.try_read().unwrap(), Found::End);
        assert_eq!(stream.end().unwrap(), b"\xe2\x82");
        assert!(stream.has_ended());
        assert_eq!(stream.end(), None);
    }

    #[test]
    fn large_pieces_carry_as_small_ones_do() {
        let (reader, mut writer) = io::pipe().unwrap();
        let mut stream = Stream::new(reader, None).unwrap();
        let euros = "€".repeat(15_000);
        writer.write_all(&euros.as_bytes()[..44_999]).unwrap();
        assert_next(&mut stream, &euros[..44_997]);
        writer.write_all(&euros.as_bytes()[44_999..]).unwrap();
        assert_next(&mut stream, "€");
    }
}
