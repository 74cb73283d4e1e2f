//! # The length before each
//!
//! A stream carries messages. Before each message stands a line with the
//! message's length in bytes. `messages` works as long as the sender pauses
//! after each line and after each message. If the sender does not pause,
//! `messages` loses bytes.
//!
//! Mend it. It returns every message, in order, until the end of the stream.
//! The bytes may arrive in pieces of any size. A message may hold any bytes,
//! newlines too, or none. A message that is cut short is an error.

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
