//! # A script that starts a server
//!
//! `said` runs a shell script and returns what it wrote to stdout. One script
//! starts a server in the background, says `ready` and ends. `said` returns
//! when the server ends, in two weeks.
//!
//! Mend it, and leave the script alone. `said` returns when the script has
//! ended, with all that it has written until then, be it a word or a megabyte.
//! If the script fails, `said` returns an error. The server lives on, and may
//! go on writing to its stdout without harm.

use anyhow::Result;
use duct::cmd;

pub fn said(script: &str) -> Result<String> {
    let said = cmd!("sh", "-c", script).read()?;
    Ok(said)
}

#[cfg(test)]
#[path = "../checks/starts_a_server.rs"]
mod checks;
