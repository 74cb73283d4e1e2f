//! # Two children, one thread
//!
//! `both` asks two shell scripts at once: so its author thinks. In truth it
//! asks the second when the first has ended, and no other task moves while one
//! of them runs. If the first script waits for the second, it waits for ever.
//!
//! Mend it, with duct or with tokio's `Command`. Both scripts must run at the
//! same time, and the other tasks must go on, with the one thread that the
//! runtime has. `said` returns what the script wrote to stdout, without the
//! newline at its end. A script that fails is an error, as with duct's `read`.

use anyhow::Result;
use duct::cmd;

async fn said(script: &str) -> Result<String> {
    let answer = cmd!("sh", "-c", script).read()?;
    Ok(answer)
}

pub async fn both(one: &str, other: &str) -> Result<(String, String)> {
    tokio::try_join!(said(one), said(other))
}

#[cfg(test)]
#[path = "../checks/both_answers.rs"]
mod checks;
