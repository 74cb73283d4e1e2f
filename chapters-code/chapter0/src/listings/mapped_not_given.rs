use std::fs;

pub fn main() -> anyhow::Result<()> {
    let mut list = vec![0u8; 1 << 30];
    show("asked for 1 GiB")?;
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
            let gib = words[1].parse::<f64>()? / 1024.0 / 1024.0;
            print!(" {} {gib:.1} GiB", words[0]);
        }
    }
    println!();
    Ok(())
}
