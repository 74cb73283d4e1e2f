use duct::cmd;
use std::{fs, io::Read, sync::mpsc::sync_channel, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    for room in [4, 12_800] {
        let mut zeros = cmd!("head", "-c", "52428800", "/dev/zero").reader()?;
        let (queue, chunks) = sync_channel(room);
        let producer = thread::spawn(move || {
            let mut chunk = vec![0; 4096];
            while zeros.read_exact(&mut chunk).is_ok() {
                // send fails only if chunks has been dropped.
                queue.send(chunk.clone()).expect("chunks lives");
            }
        });
        let ten_ms = Duration::from_millis(10);
        // Up to 100 items, fewer if the producer finishes sooner.
        let waiting = (0..100).take_while(|_| !producer.is_finished());
        // Sleeps ten milliseconds at each item: about a second at most.
        waiting.for_each(|_| thread::sleep(ten_ms));
        let status = fs::read_to_string("/proc/self/status")?;
        // rest is what stands behind "VmRSS:", first our memory in use, in KiB.
        let (_, rest) = status.split_once("VmRSS:").unwrap_or_default();
        let words: Vec<_> = rest.split_whitespace().collect();
        let kib: usize = words[0].parse()?;
        println!("room for {room}: over 40 MiB in use: {}", kib > 40 * 1024);
        // count takes all chunks out of the queue.
        println!("{} chunks arrived", chunks.iter().count());
    }
    Ok(())
}
