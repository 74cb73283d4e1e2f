//! # A limit that ends what it limits
//!
//! `within` runs a shell script and returns what it wrote and its status, or
//! `None` if it has not ended after `limit`. The limit ends the waiting, and
//! nothing else: the script goes on, and so does all that it has started.
//!
//! Mend it. If the limit is over, nothing may be left: neither the shell, nor
//! the programs that it has started, in the background or not, even if they do
//! not listen to TERM. No zombie either. A script that ends in time is
//! an answer, whatever its status.

use anyhow::Result;
use std::process::{Output, Stdio};
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

pub async fn within(limit: Duration, script: &str) -> Result<Option<Output>> {
    let child = Command::new("sh")
        .args(["-c", script])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    match timeout(limit, child.wait_with_output()).await {
        Ok(output) => Ok(Some(output?)),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
#[path = "../checks/within_limit.rs"]
mod checks;
