use duct::cmd;
use rustix::thread::disable_transparent_huge_pages;
use std::fs;

/// How often this process touched a page that was not ready for it.
fn faults() -> anyhow::Result<u64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    Ok(stat.split(' ').nth(9).unwrap_or_default().parse()?)
}

pub fn main() -> anyhow::Result<()> {
    // Ask the kernel not to combine small pages into large ones.
    disable_transparent_huge_pages(true)?;
    let mut memory = vec![1_u8; 256 << 20];
    for program in ["/bin/true", "true"] {
        cmd!(program).run()?;
        let before = faults()?;
        // Write one byte to each page of 4,096 bytes.
        for page in memory.chunks_mut(4096) {
            page[0] = 2;
        }
        let thousands = (faults()? - before) / 1000;
        println!("after {program}: {thousands} thousand page faults");
    }
    Ok(())
}
