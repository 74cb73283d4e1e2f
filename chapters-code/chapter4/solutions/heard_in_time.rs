//! # Heard in time
//!
//! `reader` hands out stdout while the child runs. So stderr is led there, and
//! stdout away, in this order: what is written last takes effect first. At the
//! end of file the reader has waited for the child, and `try_wait` has its
//! status. A byte that is not UTF-8 becomes a replacement character: it is no
//! reason to stop listening. With the standard library, `stderr(piped())` and
//! `stdout(null())` do it, and a `wait` after the last line.

use anyhow::{Context, Result};
use duct::cmd;
use std::io::{BufRead, BufReader};
use std::process::ExitStatus;

pub fn listen(
    script: &str,
    mut on_line: impl FnMut(&str),
) -> Result<ExitStatus> {
    let reader = cmd!("sh", "-c", script)
        .stdout_null()
        .stderr_to_stdout()
        .unchecked()
        .reader()?;
    for line in BufReader::new(&reader).split(b'\n') {
        on_line(&String::from_utf8_lossy(&line?));
    }
    let output = reader.try_wait()?.context("its end has been read")?;
    Ok(output.status)
}

#[cfg(test)]
#[path = "../checks/heard_in_time.rs"]
mod checks;
