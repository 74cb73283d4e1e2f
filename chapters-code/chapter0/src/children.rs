//! What the listings start by `current_exe()`.

use std::hint::black_box;

/// Calls itself until the stack is full.
pub(crate) fn one_tray_too_many() -> anyhow::Result<()> {
    println!("{}", cook(u64::MAX));
    Ok(())
}

fn cook(deeper: u64) -> u64 {
    if deeper == 0 {
        return 0;
    }
    cook(black_box(deeper - 1)) + black_box(1)
}
