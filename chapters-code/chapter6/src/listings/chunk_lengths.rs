use duct::cmd;
use std::{io::Read, sync::mpsc::sync_channel, thread};

pub fn main() -> anyhow::Result<()> {
    let tone = "sine=frequency=440:sample_rate=16000:duration=1.05";
    let options =
        format!("-nostdin -loglevel error -re -f lavfi -i {tone} -f s16le -");
    let mut ffmpeg = cmd("ffmpeg", options.split(' ')).reader()?;
    // Two ends of one queue, which has room for four chunks.
    let (queue, chunks) = sync_channel(4);
    let producer = thread::spawn(move || -> anyhow::Result<()> {
        loop {
            let mut chunk = Vec::new();
            // Reads 3,200 bytes, or fewer where the stream ends.
            // by_ref lends ffmpeg to take. The loop needs ffmpeg again.
            ffmpeg.by_ref().take(3200).read_to_end(&mut chunk)?;
            // An empty chunk: ffmpeg has closed its stdout.
            if chunk.is_empty() {
                return Ok(());
            }
            queue.send(chunk)?;
        }
    });
    for chunk in chunks {
        println!("{} bytes", chunk.len());
    }
    producer.join().expect("the producer does not panic")
}
