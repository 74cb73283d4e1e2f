//! The chapter's children: processes with exact behaviour, which a listing
//! starts as `chapter8 child NAME`.

use crate::job;
use std::thread;

/// Does the computing job once.
///
/// # Errors
/// None.
pub fn compute() -> anyhow::Result<()> {
    job::compute();
    Ok(())
}

/// Does the waiting job once.
///
/// # Errors
/// None.
pub fn wait() -> anyhow::Result<()> {
    thread::sleep(job::WAIT);
    Ok(())
}
