use std::{fs, sync::atomic::AtomicU8, thread};
// A list of zeros, each of one byte. 1 << 20 is 2**20: a MiB.
static ZEROS: [AtomicU8; 1 << 20] = [const { AtomicU8::new(0) }; 1 << 20];

pub fn main() -> anyhow::Result<()> {
    // vec![1u8; n] has n bytes, each of them 1. 1 << 10 bytes are a KiB.
    find("a Vec of 1 KiB", vec![1u8; 1 << 10].as_ptr())?;
    find("a Vec of 1 MiB", vec![1u8; 1 << 20].as_ptr())?;
    find("a static of 1 MiB", &ZEROS[1 << 19])?;
    let local = 7;
    find("a local", &local)?;
    // `move` gives the new thread its own copy of `local`.
    let other = thread::spawn(move || find("another thread's", &local));
    other.join().expect("it did not panic")
}

fn find<T>(what: &str, address: *const T) -> anyhow::Result<()> {
    for line in fs::read_to_string("/proc/self/maps")?.lines() {
        let words: Vec<_> = line.split_whitespace().collect();
        let (from, to) = words[0].split_once('-').unwrap_or_default();
        let hex = |text| usize::from_str_radix(text, 16);
        // All numbers from `from` on, up to `to` but without it.
        let range = hex(from)?..hex(to)?;
        if range.contains(&address.addr()) {
            // words.get(5) is the name. A line without a name has no words[5].
            println!("{what}: {}", words.get(5).unwrap_or(&"no name"));
        }
    }
    Ok(())
}
