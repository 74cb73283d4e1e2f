//! # Text from pieces that are cut anywhere
//!
//! What is not whole is carried into the next piece. `valid_up_to` says where
//! it begins, and `error_len` what it is: `None` for a character that is only
//! short, so that more bytes can complete it, and a number for bytes that
//! nothing can. So the carry never has more than three bytes. But its length
//! does not tell the two apart: one wrong byte fits into it. Reading all of
//! it first would be right for a file, and shows nothing of a child that is
//! still at work.

use anyhow::{Result, ensure};
use std::io::Read;

pub fn decode(mut from: impl Read, mut show: impl FnMut(&str)) -> Result<()> {
    let mut buffer = [0; 4096];
    let mut carried = Vec::new();
    loop {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            ensure!(carried.is_empty(), "it ended inside a character");
            return Ok(());
        }
        carried.extend_from_slice(&buffer[..count]);
        let (whole, wrong) = match str::from_utf8(&carried) {
            Ok(text) => (text.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some()),
        };
        let rest = carried.split_off(whole);
        show(str::from_utf8(&carried)?);
        ensure!(!wrong, "not UTF-8: {}", rest.escape_ascii());
        carried = rest;
    }
}

#[cfg(test)]
#[path = "../checks/cut_anywhere.rs"]
mod checks;
