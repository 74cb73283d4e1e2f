use duct::cmd;
use std::{env::current_exe, io::Read};

pub fn main() -> anyhow::Result<()> {
    let tone = "child tone --fast --seconds 1 --chunk 333";
    let mut tone = cmd(current_exe()?, tone.split(' ')).reader()?;
    let mut chunk = [0; 333];
    let mut bytes = Vec::new();
    let mut samples = Vec::new();
    let mut carried = 0;
    // length is what read returned. 1.. means 1 or more: the loop ends
    // at 0, which is the end of the stream.
    while let length @ 1.. = tone.read(&mut chunk)? {
        bytes.extend(&chunk[..length]);
        // odd is what is left over behind the pairs: one byte, or none.
        let (pairs, odd) = bytes.as_chunks::<2>();
        samples.extend(pairs.iter().map(|&pair| i16::from_le_bytes(pair)));
        carried += odd.len();
        // odd borrows from bytes, so bytes gets a copy of odd.
        bytes = odd.to_vec();
    }
    let changes = samples.windows(2).filter(|w| (w[0] < 0) != (w[1] < 0));
    let hertz = changes.count() as f64 / 2.0;
    println!("{} samples, {hertz} Hz", samples.len());
    println!("carried {carried} times, {} left over", bytes.len());
    Ok(())
}
