use std::{fs, hint::black_box};

pub fn main() -> anyhow::Result<()> {
    // {:.0} prints a number without decimals.
    println!("before: {:.0} MiB", stack_size()?);
    println!("5000 calls deep: {:.0} MiB", cook(5000)?);
    println!("after: {:.0} MiB", stack_size()?);
    Ok(())
}

fn cook(calls_left: usize) -> anyhow::Result<f64> {
    // 100 numbers of 8 bytes.
    let numbers = [calls_left; 100];
    // The deepest call reads the size. The others only pass it on.
    let size = match calls_left {
        0 => stack_size(),
        _ => cook(calls_left - 1),
    };
    // black_box keeps the compiler from leaving the array out.
    black_box(&numbers);
    size
}

fn stack_size() -> anyhow::Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmStk:"));
    let words: Vec<_> = line.unwrap_or_default().split_whitespace().collect();
    Ok(words[1].parse::<f64>()? / 1024.0)
}
