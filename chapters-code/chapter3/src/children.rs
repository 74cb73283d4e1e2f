//! Children with exact behaviour, for what no Unix tool shows: how a Rust
//! program's own output behaves in a pipe.

use std::io::{self, BufWriter, Write};

// ANCHOR: speaker
/// Writes three lines, in the order of their numbers, in three ways.
pub(crate) fn speaker() -> anyhow::Result<()> {
    let mut buffered = BufWriter::new(io::stdout());
    writeln!(buffered, "1 through a BufWriter")?;
    println!("2 by println!");
    eprintln!("3 by eprintln!");
    buffered.flush()?;
    Ok(())
}
// ANCHOR_END: speaker

/// Prints until `println!` panics.
pub(crate) fn println_for_ever() -> anyhow::Result<()> {
    loop {
        println!("a line");
    }
}

/// Prints until `writeln!` returns an error, and returns that.
pub(crate) fn writeln_for_ever() -> anyhow::Result<()> {
    let mut stdout = io::stdout();
    loop {
        writeln!(stdout, "a line")?;
    }
}
