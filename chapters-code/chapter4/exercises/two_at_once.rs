//! # Two at once
//!
//! `both` runs two shell scripts. The second begins when the first has ended.
//! Suppose that the first script waits for something that the second does, as
//! a question waits for its answer. Then the first script never ends, and the
//! second never begins.
//!
//! Mend it. Both scripts run at the same time, and `both` returns when both
//! have ended. It returns `Ok` if both have succeeded. Otherwise it returns an
//! error, whichever of the two has failed, and the other one has still run to
//! its end. No child may be left, not even a zombie.

use anyhow::Result;
use duct::cmd;

pub fn both(first: &str, second: &str) -> Result<()> {
    cmd!("sh", "-c", first).run()?;
    cmd!("sh", "-c", second).run()?;
    Ok(())
}

#[cfg(test)]
#[path = "../checks/two_at_once.rs"]
mod checks;
