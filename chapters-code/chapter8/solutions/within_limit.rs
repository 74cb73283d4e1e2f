//! # A limit that ends what it limits
//!
//! The shell gets a process group of its own, and what it starts is born into
//! that group: so one signal reaches them all, and KILL cannot be ignored. The
//! future that waits is pinned, and `timeout` only borrows it. After the
//! signal it is awaited to its end: then the shell is no zombie, and the pipes
//! are empty. `kill_on_drop` is for the case that somebody drops `within`
//! itself; alone it would miss the grandchildren. Asking by TERM first and
//! waiting a second for the answer is right too.

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group};
use std::pin::pin;
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
        .process_group(0)
        .kill_on_drop(true)
        .spawn()?;
    let pid = child.id().context("the child has a pid")?;
    let group = Pid::from_raw(pid as i32).context("a pid is not 0")?;
    let mut output = pin!(child.wait_with_output());
    if let Ok(output) = timeout(limit, &mut output).await {
        return Ok(Some(output?));
    }
    // It fails if the last of them has ended just now: then all is well.
    let _ = kill_process_group(group, Signal::KILL);
    output.await?;
    Ok(None)
}

#[cfg(test)]
#[path = "../checks/within_limit.rs"]
mod checks;
