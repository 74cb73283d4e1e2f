use chapter8::{measure::milliseconds, plot};
use std::{fs::File, io::Read};

const CHUNKS: [usize; 5] = [16, 64, 256, 1024, 4096];

pub fn main() -> anyhow::Result<()> {
    let mut medians = Vec::new();
    for length in CHUNKS {
        let mut calls = 0;
        // Run the closure five times, and take the median of its durations.
        let median = milliseconds(5, || {
            // `take` reports the end of the file after 4 MiB.
            let mut zeros = File::open("/dev/zero")?.take(4 << 20);
            let mut chunk = vec![0; length];
            // Begin at 0 each time, so that one reading of 4 MiB is counted.
            calls = 0;
            while zeros.read(&mut chunk)? > 0 {
                calls += 1;
            }
            Ok(())
        })?;
        println!("{length} bytes a call: {calls} calls, {median:.1} ms");
        medians.push(median);
    }
    let measure = "milliseconds to read 4 MiB";
    // The lower axis of the figure.
    let steps = ("bytes that each call asks for", &CHUNKS[..]);
    // The list has one curve, and this curve has no name.
    plot::curves("chunk_sizes.svg", measure, steps, &[("", medians)])
}
