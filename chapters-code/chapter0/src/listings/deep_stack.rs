use std::{fs, hint::black_box};

pub fn main() -> anyhow::Result<()> {
    println!("before: {} MiB", stack()?);
    println!("5000 calls deep: {} MiB", cook(5000)?);
    println!("after: {} MiB", stack()?);
    Ok(())
}

fn cook(deeper: usize) -> anyhow::Result<u64> {
    let tray = [deeper; 100];
    let found = match tray[99] {
        0 => stack(),
        n => cook(n - 1),
    };
    black_box(&tray);
    found
}

fn stack() -> anyhow::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let (_, rest) = status.split_once("VmStk:").unwrap_or_default();
    let kb = rest.split_once("kB").unwrap_or_default().0;
    Ok((kb.trim().parse::<u64>()? + 512) / 1024)
}
