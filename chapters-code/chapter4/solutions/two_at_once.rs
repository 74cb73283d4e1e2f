//! # Two at once
//!
//! `start` does not wait, so the second script begins while the first one
//! runs. Each of the two is waited for before any `?` can end the function:
//! a `?` right after the first `wait` would leave the second child to nobody.
//! `spawn` and `wait` of the standard library do the same. There a failed
//! script is no error, so you look at both statuses in the end.

use anyhow::Result;
use duct::cmd;

pub fn both(first: &str, second: &str) -> Result<()> {
    let first = cmd!("sh", "-c", first).start()?;
    let second = cmd!("sh", "-c", second).start().inspect_err(|_| {
        // The first may wait for a second that will never come.
        let _ = first.kill();
        let _ = first.wait();
    })?;
    let first = first.wait();
    let second = second.wait();
    first?;
    second?;
    Ok(())
}

#[cfg(test)]
#[path = "../checks/two_at_once.rs"]
mod checks;
