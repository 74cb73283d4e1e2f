use std::fs;

pub fn main() -> anyhow::Result<()> {
    println!("at first: {} MB", resident()?);
    let mut bowls = fill(100_000);
    println!("100,000 bowls: {} MB", resident()?);
    let last = bowls.pop();
    drop(bowls);
    println!("the last bowl only: {} MB", resident()?);
    let more = fill(50_000);
    println!("and 50,000 new ones: {} MB", resident()?);
    drop((more, last));
    println!("no bowl: {} MB", resident()?);
    Ok(())
}

fn fill(bowls: usize) -> Vec<Vec<u8>> {
    (0..bowls).map(|_| vec![1; 1000]).collect()
}

fn resident() -> anyhow::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let rest = status.split_once("VmRSS:").unwrap_or_default().1;
    let kb = rest.split_once("kB").unwrap_or_default().0;
    Ok((kb.trim().parse::<u64>()? + 25_000) / 50_000 * 50)
}
