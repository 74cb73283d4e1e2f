use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    let tone = "child tone --fast --seconds 1";
    let tone = cmd(current_exe()?, tone.split(' ')).stdout_capture();
    let bytes = tone.run()?.stdout;
    for size in [3200, 333] {
        let mut samples = Vec::new();
        for chunk in bytes.chunks(size) {
            // From Rust 1.88 on: all whole pairs, and _ for a byte left over.
            let (pairs, _) = chunk.as_chunks::<2>();
            samples.extend(pairs.iter().map(|&pair| i16::from_le_bytes(pair)));
        }
        // How far the farthest sample is from zero.
        let peak = samples.iter().map(|s| s.unsigned_abs()).max();
        // w[0] and w[1] are neighbours: is exactly one of them below zero?
        let changes = samples.windows(2).filter(|w| (w[0] < 0) != (w[1] < 0));
        // Two changes of sign are one swing.
        let hertz = changes.count() as f64 / 2.0;
        println!("{size}: {} samples, {hertz} Hz", samples.len());
        println!("     peak {}", peak.unwrap_or_default());
    }
    Ok(())
}
