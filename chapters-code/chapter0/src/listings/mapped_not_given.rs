use std::fs;

pub fn main() -> anyhow::Result<()> {
    // A list of zeros, each of one byte. 1 << 30 is 2**30: a GiB.
    let mut list = vec![0u8; 1 << 30];
    show("asked for 1 GiB")?;
    // Cut the list into pieces of 4096 bytes, and take the first 25,600.
    for page in list.chunks_mut(4096).take(25_600) {
        page[0] = 1;
    }
    show("touched 25,600 pages")?;
    drop(list);
    show("given back")
}

fn show(when: &str) -> anyhow::Result<()> {
    print!("{when}:");
    for line in fs::read_to_string("/proc/self/status")?.lines() {
        if line.starts_with("VmSize:") || line.starts_with("VmRSS:") {
            let words: Vec<_> = line.split_whitespace().collect();
            // words[1] is the figure in KiB.
            let gib = words[1].parse::<f64>()? / 1024.0 / 1024.0;
            print!(" {} {gib:.1} GiB", words[0]);
        }
    }
    println!();
    Ok(())
}
