//! # Two children, one thread
//!
//! `read` waits in the kernel, so it goes to a thread that may wait, and the
//! task awaits that thread. `spawn_blocking` starts at once and hands over what
//! `read` returned; hence two `?`, one for the thread and one for the child.
//! The closure may outlive the call, so it gets a script of its own. tokio's
//! `Command::output` needs no thread; with it, look at the status yourself,
//! since a failing child is no error there.

use anyhow::Result;
use duct::cmd;
use tokio::task::spawn_blocking;

async fn said(script: &str) -> Result<String> {
    let script = cmd!("sh", "-c", script);
    let answer = spawn_blocking(move || script.read()).await??;
    Ok(answer)
}

pub async fn both(one: &str, other: &str) -> Result<(String, String)> {
    tokio::try_join!(said(one), said(other))
}

#[cfg(test)]
#[path = "../checks/both_answers.rs"]
mod checks;
