//! What the recorder says: messages on stderr, the report on stdout.

use super::samples::decibels;
use super::wav::Sound;
use anyhow::Context;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Says something on stderr. If nobody listens there any more, that is no
/// reason to end a recording (and `eprintln!` would panic).
pub fn say(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}

/// Prints what became of the recording.
///
/// # Errors
/// Stdout cannot be written, other than because nobody reads it.
pub fn print(file: &Path, sound: Sound, dropped: u64) -> anyhow::Result<()> {
    let Sound {
        samples,
        rate,
        peak,
    } = sound;
    let report = format!(
        "file      {}\n\
         duration  {:.3} s\n\
         samples   {samples} at {rate} Hz\n\
         peak      {peak} of 32768 ({:.1} dB)\n\
         dropped   {dropped} samples\n",
        file.display(),
        sound.seconds(),
        decibels(peak)
    );
    put(&report)
}

/// Writes a result to stdout. `| head` may have heard enough: that is no error.
///
/// # Errors
/// Stdout cannot be written for another reason.
pub fn put(text: &str) -> anyhow::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("writing to stdout")
        }
        _ => Ok(()),
    }
}
