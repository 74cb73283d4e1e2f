//! # The length before each
//!
//! A stream carries messages. Before each stands a line with its length in
//! bytes; then come that many bytes, and then the next length. `messages`
//! works as long as the sender pauses between the pieces. From a quick one it
//! loses bytes.
//!
//! Mend it. It returns every message, in order, until the end of the stream.
//! In which pieces the bytes arrive makes no difference. A message may hold
//! any bytes, newlines too, or none. One that is cut short is an error.

use anyhow::Result;
use std::io::{BufRead, BufReader, Read};

fn line(stream: &mut impl Read) -> Result<String> {
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line)
}

pub fn messages(mut stream: impl Read) -> Result<Vec<Vec<u8>>> {
    let mut messages = Vec::new();
    loop {
        let length = line(&mut stream)?;
        if length.is_empty() {
            return Ok(messages);
        }
        let mut message = vec![0; length.trim_end().parse()?];
        stream.read_exact(&mut message)?;
        messages.push(message);
    }
}

#[cfg(test)]
#[path = "../checks/length_before_each.rs"]
mod checks;
