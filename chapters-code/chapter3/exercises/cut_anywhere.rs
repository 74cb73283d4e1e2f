//! # Text from pieces that are cut anywhere
//!
//! `decode` reads a stream piece by piece and shows the text as it comes. A
//! piece may end inside a character. Then the reader sees `�` where the child
//! wrote `é`.
//!
//! Mend it. Before `decode` reads again, it must show every character whose
//! bytes have all come. It must never show a part of a character, wherever the
//! pieces are cut. Bytes that are not UTF-8 are an error, as soon as they have
//! been read, even if the stream goes on. The text before them is shown all the
//! same. A stream that ends inside a character is an error too. An error of the
//! stream is passed on, as now.

use anyhow::Result;
use std::io::Read;

pub fn decode(mut from: impl Read, mut show: impl FnMut(&str)) -> Result<()> {
    let mut buffer = [0; 4096];
    loop {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        show(&String::from_utf8_lossy(&buffer[..count]));
    }
}

#[cfg(test)]
#[path = "../checks/cut_anywhere.rs"]
mod checks;
