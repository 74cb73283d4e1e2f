pub fn main() -> anyhow::Result<()> {
    println!("at first: {} MB", resident()?);
    let mut bowls = fill(100_000);
    println!("100,000 bowls: {} MB", resident()?);
    // pop takes the last bowl out of the list.
    let last = bowls.pop();
    // drop frees all the others.
    drop(bowls);
    println!("the last bowl only: {} MB", resident()?);
    let more = fill(50_000);
    println!("and 50,000 new ones: {} MB", resident()?);
    drop(more);
    drop(last);
    println!("no bowl: {} MB", resident()?);
    Ok(())
}

fn fill(bowls: usize) -> Vec<Vec<u8>> {
    // In Python: [... for _ in range(bowls)].
    (0..bowls).map(|_| vec![1; 1000]).collect()
}

fn resident() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let words: Vec<_> = line.unwrap_or_default().split_whitespace().collect();
    // VmRSS is in kB of 1024 bytes. Here 50,000 kB count as 50 MB.
    Ok((words[1].parse::<f64>()? / 50_000.0).round() * 50.0)
}
