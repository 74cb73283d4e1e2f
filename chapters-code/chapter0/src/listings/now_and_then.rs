use std::fs;

pub fn main() -> anyhow::Result<()> {
    let (mut end, mut requests) = (heap_end()?, 0);
    let mut boxes = Vec::with_capacity(100_000);
    for n in 0..100_000u64 {
        let plate = Box::new([n; 3]);
        if plate.as_ptr().addr() >= end {
            end = heap_end()?;
            requests += 1;
        }
        boxes.push(plate);
    }
    println!("fewer than 1000 requests: {}", requests < 1000);
    println!("fewer than 30 requests: {}", requests < 30);
    Ok(())
}

fn heap_end() -> anyhow::Result<usize> {
    let maps = fs::read_to_string("/proc/self/maps")?;
    let heap = maps.lines().find(|line| line.ends_with("[heap]"));
    let end = heap.and_then(|heap| heap.split(['-', ' ']).nth(1));
    Ok(usize::from_str_radix(end.unwrap_or("no heap"), 16)?)
}
