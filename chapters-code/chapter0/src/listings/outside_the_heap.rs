use std::{fs, sync::atomic::AtomicU8, thread};
static ZEROS: [AtomicU8; 1 << 20] = [const { AtomicU8::new(0) }; 1 << 20];

pub fn main() -> anyhow::Result<()> {
    println!("a Vec of 1 KiB: {}", place(&vec![1u8; 1 << 10][0])?);
    println!("a Vec of 1 MiB: {}", place(&vec![1u8; 1 << 20][0])?);
    println!("a static of 1 MiB: {}", place(&ZEROS[1 << 19])?);
    let local = 7;
    println!("a local: {}", place(&local)?);
    let other = thread::spawn(move || place(&local)).join();
    println!("another thread's: {}", other.expect("it does not panic")?);
    Ok(())
}

fn place<T>(value: &T) -> anyhow::Result<String> {
    let at = format!("{value:p}");
    for line in fs::read_to_string("/proc/self/maps")?.lines() {
        let words = Vec::from_iter(line.split_whitespace().chain(["no name"]));
        let (from, to) = words[0].split_once('-').unwrap_or_default();
        if from <= &at[2..] && &at[2..] < to {
            return Ok(words[5].to_string());
        }
    }
    anyhow::bail!("nothing is mapped at {at}")
}
