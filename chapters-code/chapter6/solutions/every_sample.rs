//! # Every sample, however it is cut
//!
//! `bytes` hands out one byte at a time, wherever the reads have cut; behind a
//! `BufReader` that costs no call of the kernel for each. So the first byte of
//! a sample waits in `low` until the second is there, and that is the carrying.
//! `None` in place of a first byte is the end; in place of a second one, it is
//! half a sample. Where speed matters, keep the chunk of the exercise, and put
//! what it leaves over in front of the next one, as the recorder does.

use std::io::{self, BufReader, ErrorKind, Read};
use std::iter;

pub fn samples(stream: impl Read) -> impl Iterator<Item = io::Result<i16>> {
    let mut bytes = BufReader::new(stream).bytes();
    iter::from_fn(move || {
        let low = match bytes.next()? {
            Ok(low) => low,
            Err(error) => return Some(Err(error)),
        };
        let half = || Err(ErrorKind::UnexpectedEof.into());
        let high = bytes.next().unwrap_or_else(half);
        Some(high.map(|high| i16::from_le_bytes([low, high])))
    })
}

#[cfg(test)]
#[path = "../checks/every_sample.rs"]
mod checks;
