use duct::{cmd, unix::HandleExt};
use std::io::{Read, pipe};
use std::{env, sync::mpsc::sync_channel, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let (mut reader, writer) = pipe()?;
    let tone = cmd!(env::current_exe()?, "child", "tone");
    let tone = tone.stdout_file(writer).unchecked().start()?;
    let (queue, chunks) = sync_channel(4);
    let producer = thread::spawn(move || -> anyhow::Result<()> {
        let mut chunk = [0; 3200];
        // Go on while a read returns one byte or more.
        while let length @ 1.. = reader.read(&mut chunk)? {
            queue.send(chunk[..length].to_vec())?;
        }
        Ok(())
    });
    // Take ten chunks, and add up their lengths.
    let recorded: usize = chunks.iter().take(10).map(|c| c.len()).sum();
    thread::sleep(Duration::from_millis(500));
    tone.send_signal(2)?;
    // Take what still comes, until the producer has returned.
    let rest: usize = chunks.iter().map(|c| c.len()).sum();
    producer.join().expect("the producer does not panic")?;
    println!("the child's end: {}", tone.wait()?.status);
    println!("{recorded} bytes, then more: {}", rest >= 3200);
    Ok(())
}
