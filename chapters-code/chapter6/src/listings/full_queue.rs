use duct::cmd;
use std::sync::mpsc::sync_channel;
use std::{env::current_exe, io::Read, thread};

pub fn main() -> anyhow::Result<()> {
    // With --fast, the three seconds are written at once.
    let mut tone =
        cmd!(current_exe()?, "child", "tone", "--fast", "--seconds", "3")
            .reader()?;
    let (queue, chunks) = sync_channel(4);
    let producer = thread::spawn(move || {
        let mut chunk = [0; 3200];
        let mut dropped = 0;
        while tone.read_exact(&mut chunk).is_ok() {
            // try_send gets a copy of the array. The loop reuses chunk.
            // An error means here that the queue is full.
            if queue.try_send(chunk).is_err() {
                dropped += chunk.len();
            }
        }
        dropped
    });
    // join waits until the producer has ended.
    let dropped = producer.join().expect("the producer does not panic");
    // The lengths of the chunks in the queue, added up.
    let kept = chunks.iter().map(|chunk| chunk.len()).sum::<usize>();
    println!("kept {kept} bytes, dropped {dropped} of 96000");
    Ok(())
}
