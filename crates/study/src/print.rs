//! What the book's programs print.

use anyhow::Context;
use std::error::Error;
use std::fmt;
use std::io::{self, Write};

/// Whoever read our stdout has gone, as `head` does when it has had enough. That
/// ends a program, and is nothing to complain of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReaderGone;

impl fmt::Display for ReaderGone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nobody reads stdout any more")
    }
}

impl Error for ReaderGone {}

/// Prints to stdout, at once. (`println!` panics where nobody reads, or a disk is
/// full.)
///
/// # Errors
/// [`ReaderGone`], or why it cannot be written.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    let printed = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    match printed {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(ReaderGone.into()),
        printed => printed.context("writing to stdout"),
    }
}
