//! # A copy that can be trusted
//!
//! Without a `BufWriter` there is nothing to flush: each write to the file is
//! one to the kernel, and says itself whether it failed. The pieces are large
//! enough for that. With one, `flush` must follow the last piece. All errors
//! come together in `copied`, so that none passes by the end of the child.
//! stdout is flushed after each piece, since it holds back what has no newline
//! yet.

use anyhow::Result;
use duct::cmd;
use std::fs::File;
use std::io::{self, Read, Write};

pub fn show_and_keep(path: &str, program: &str, args: &[&str]) -> Result<()> {
    let file = File::create(path)?;
    let child = cmd(program, args).reader()?;
    let copied = copy(&child, file);
    // If all was copied, the child has been waited for, and this does nothing.
    child.kill()?;
    let _ = io::copy(&mut &child, &mut io::sink());
    Ok(copied?)
}

fn copy(mut child: impl Read, mut file: File) -> io::Result<()> {
    let (mut stdout, mut buffer) = (io::stdout(), [0; 4096]);
    loop {
        let count = child.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        stdout.write_all(&buffer[..count])?;
        stdout.flush()?;
        file.write_all(&buffer[..count])?;
    }
}

#[cfg(test)]
#[path = "../checks/trusted_copy.rs"]
mod checks;
