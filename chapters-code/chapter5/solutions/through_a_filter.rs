//! # Through a filter
//!
//! duct writes the bytes on a thread of its own and reads the answer on
//! another, so neither pipe can stay full. It knows that a reader may leave,
//! and takes a broken pipe for no error. With the standard library you write
//! on a thread (`thread::scope` lets it borrow the bytes), drop stdin there,
//! forgive `ErrorKind::BrokenPipe`, and read here meanwhile.

use anyhow::Result;
use duct::cmd;

pub fn filtered(script: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let output = cmd!("sh", "-c", script)
        .stdin_bytes(bytes)
        .stdout_capture()
        .run()?;
    Ok(output.stdout)
}

#[cfg(test)]
#[path = "../checks/through_a_filter.rs"]
mod checks;
