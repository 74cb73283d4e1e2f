use std::{fs, thread};

/// Page faults: our own, and those of children that we waited for.
fn faults() -> anyhow::Result<u64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let faults = stat.split(' ').skip(9).take(2).map(str::parse::<u64>);
    Ok(faults.sum::<Result<u64, _>>()?)
}

pub fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    for cook in ["task", "thread", "child"] {
        let before = faults()?;
        for _ in 0..100 {
            match cook {
                "task" => runtime.block_on(runtime.spawn(async {}))?,
                "thread" => thread::spawn(|| ()).join().expect("no panic"),
                _ => drop(duct::cmd!("/bin/true").run()?),
            }
        }
        let n = faults()? - before;
        println!("100 times a {cook}: about {n}, over 1000: {}", n > 1000);
    }
    Ok(())
}
