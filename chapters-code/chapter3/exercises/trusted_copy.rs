//! # A copy that can be trusted
//!
//! `show_and_keep` runs a program, shows its stdout as it comes, and writes
//! the same bytes to a file. On a full disk it shows all, keeps nothing, and
//! says that all went well.
//!
//! Mend it. If the file could not take every byte, that is an `Err`, whether
//! the program wrote nine bytes or a million. A program that still runs then
//! must be ended and waited for. If the program fails, that is an `Err` too,
//! and what it wrote is in the file. Our stdout and the file must both get the
//! program's bytes exactly. When `show_and_keep` returns, no byte may wait in a
//! buffer of ours, not even a last line without a newline.

use anyhow::Result;
use duct::cmd;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};

pub fn show_and_keep(path: &str, program: &str, args: &[&str]) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut child = cmd(program, args).reader()?;
    let mut buffer = [0; 4096];
    loop {
        let count = child.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        io::stdout().write_all(&buffer[..count])?;
        file.write_all(&buffer[..count])?;
    }
}

#[cfg(test)]
#[path = "../checks/trusted_copy.rs"]
mod checks;
