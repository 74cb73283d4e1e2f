//! # Only the vault may know
//!
//! `opened` calls the tool `./vault` with a password, and returns what the tool
//! prints. A colleague who ran `ps` at that moment knows the password now. When
//! a call fails, the log has the password too.
//!
//! `./vault` takes its password in three ways: as `--password WORD`, in the
//! variable `VAULT_PASSWORD`, or, if its argument is `--password-stdin`, as the
//! first line of its stdin. Mend `opened` so that the password is in no
//! program's arguments, in no program's environment, in no file and in no
//! error. If the vault fails, `opened` still returns an error.

use anyhow::{Context, Result};
use duct::cmd;

pub fn opened(password: &str) -> Result<String> {
    cmd!("./vault", "--password", password)
        .read()
        .context("opening the vault")
}

#[cfg(test)]
#[path = "../checks/vault.rs"]
mod checks;
