use chapter8::job::compute;
use duct::cmd;
use std::{env::current_exe, thread, time::Instant};

pub fn main() -> anyhow::Result<()> {
    let start = Instant::now();
    compute();
    println!("one: {} ms", start.elapsed().as_millis());

    let start = Instant::now();
    thread::scope(|threads| {
        threads.spawn(compute);
        threads.spawn(compute);
    });
    println!("two threads: {} ms", start.elapsed().as_millis());

    let start = Instant::now();
    // This program itself, with the arguments `child compute`.
    let child = cmd!(current_exe()?, "child", "compute");
    let (first, second) = (child.start()?, child.start()?);
    first.wait()?;
    second.wait()?;
    println!("two children: {} ms", start.elapsed().as_millis());
    Ok(())
}
