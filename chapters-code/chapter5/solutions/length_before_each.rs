//! # The length before each
//!
//! One stream, one `BufReader`, kept to the end. The lines and the bytes come
//! from the same one, so what it has taken ahead is handed out next.
//! `read_exact` asks again until the message is whole, and the end of the
//! stream before that is an error. A buffer with room for one byte loses
//! nothing either, and asks the kernel for each byte.

use anyhow::Result;
use std::io::{BufRead, BufReader, Read};

fn line(stream: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    Ok(line)
}

pub fn messages(stream: impl Read) -> Result<Vec<Vec<u8>>> {
    let mut stream = BufReader::new(stream);
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
