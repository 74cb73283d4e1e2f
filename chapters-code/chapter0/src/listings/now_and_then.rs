pub fn main() -> anyhow::Result<()> {
    let mut end = heap_end()?;
    let mut requests = 0;
    // Make room for the list first, so that only the boxes count.
    let mut boxes = Vec::with_capacity(100_000);
    for n in 0..100_000u64 {
        let boxed = Box::new([n, n, n]);
        // The address of what is in the box, as a number.
        let address = boxed.as_ptr().addr();
        // If the box lies beyond the end that we know, [heap] has grown.
        if address >= end {
            end = heap_end()?;
            requests += 1;
        }
        boxes.push(boxed);
    }
    println!("fewer than 1000 requests: {}", requests < 1000);
    println!("fewer than 30 requests: {}", requests < 30);
    Ok(())
}

fn heap_end() -> anyhow::Result<usize> {
    let maps = std::fs::read_to_string("/proc/self/maps")?;
    let heap = maps.lines().find(|line| line.ends_with("[heap]"));
    // The line is cut at hyphens and blanks. words[1] is where [heap] ends.
    let words: Vec<_> = heap.unwrap_or_default().split(['-', ' ']).collect();
    Ok(usize::from_str_radix(words[1], 16)?)
}
