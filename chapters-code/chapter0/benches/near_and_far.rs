//! The same steps over memory that fits into the CPU's caches, and over memory
//! that does not. Each step reads where the next one leads, so no two overlap.
//! Both take turns, and the ratio of the medians is what counts.
//!
//! `cargo bench -p chapter0 --bench near_and_far`

use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 9;
const STEPS: u32 = 2_000_000;

fn main() {
    let near = one_circle(16 << 10);
    let far = one_circle(256 << 20);
    let (mut nears, mut fars) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        nears.push(walk(&near));
        fars.push(walk(&far));
    }
    let (near, far) = (median(nears), median(fars));
    println!("{STEPS} steps, median of {ROUNDS}");
    println!("   16 KiB  {near:.2?}");
    println!("  256 MiB  {far:.2?}");
    println!("  ratio    {:.1}", far.as_secs_f64() / near.as_secs_f64());
}

fn walk(next: &[u32]) -> Duration {
    let start = Instant::now();
    let mut at = 0;
    for _ in 0..STEPS {
        at = next[at as usize];
    }
    black_box(at);
    start.elapsed()
}

/// So many bytes of numbers, each the place of the next, in one circle through
/// all of them (Sattolo's shuffle).
fn one_circle(bytes: u32) -> Vec<u32> {
    let mut next: Vec<u32> = (0..bytes / 4).collect();
    let mut random = 1u64;
    for last in (1..next.len()).rev() {
        random = random.wrapping_mul(6_364_136_223_846_793_005);
        random = random.wrapping_add(1);
        next.swap(last, (random >> 33) as usize % last);
    }
    next
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
