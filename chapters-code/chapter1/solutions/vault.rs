//! # Only the vault may know
//!
//! The password goes through a pipe from us to the vault, and no other process
//! has an end of that pipe. The password is in no list that the kernel shows.
//! It is not in duct's error either, which names the command with all its
//! arguments. A variable would be hidden from other users, but handed on to
//! every child of the vault.

use anyhow::{Context, Result};
use duct::cmd;

pub fn opened(password: &str) -> Result<String> {
    cmd!("./vault", "--password-stdin")
        .stdin_bytes(format!("{password}\n"))
        .read()
        .context("opening the vault")
}

#[cfg(test)]
#[path = "../checks/vault.rs"]
mod checks;
