//! The two jobs that this chapter gives to threads, children and tasks.

use std::hint::black_box;
use std::time::Duration;

/// How long the waiting job waits.
pub const WAIT: Duration = Duration::from_millis(100);

/// A job that only computes: it adds up some millions of numbers, and takes
/// a twentieth of a second or so.
///
/// It is not inlined: the same code must run whoever calls it.
#[inline(never)]
pub fn compute() {
    let mut sum = 0_u64;
    let mut number = 0;
    while number < 24_000_000 {
        sum = black_box(sum.wrapping_add(number));
        number += 1;
    }
}
