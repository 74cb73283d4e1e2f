use std::{fs, thread};

/// Page faults: our own, and those of children that we waited for.
fn faults() -> anyhow::Result<u64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // Fields 10 and 11, each made into a number.
    let faults = stat.split(' ').skip(9).take(2).map(str::parse::<u64>);
    // Add the two, or return the error if one is not a number.
    Ok(faults.sum::<Result<u64, _>>()?)
}

pub fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    for cook in ["task", "thread", "child"] {
        let before = faults()?;
        for _ in 0..100 {
            match cook {
                // async {} is a task without work. block_on waits for its end.
                "task" => runtime.block_on(runtime.spawn(async {}))?,
                // || () is a function without work. join waits for its end.
                "thread" => thread::spawn(|| ()).join().expect("no panic"),
                // /bin/true does nothing. drop throws the Output away.
                _ => drop(duct::cmd!("/bin/true").run()?),
            }
        }
        let n = faults()? - before;
        println!("100 times a {cook}: about {n}, over 1000: {}", n > 1000);
    }
    Ok(())
}
