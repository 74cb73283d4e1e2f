//! Children with exact behaviour, for what no Unix tool shows: one that talks.

use std::io::{BufWriter, Write, stdin, stdout};

/// Answers each line in capitals, and keeps its answers, as most programs do
/// whose stdout is no terminal, until it has a buffer full or is done.
pub(crate) fn hoarder() -> anyhow::Result<()> {
    let mut answers = BufWriter::new(stdout());
    for line in stdin().lines() {
        writeln!(answers, "{}", line?.to_uppercase())?;
    }
    answers.flush()?;
    Ok(())
}
