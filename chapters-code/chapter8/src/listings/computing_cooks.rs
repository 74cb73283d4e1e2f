use chapter8::job::compute;
use duct::cmd;
use std::time::Instant;
use std::{env::current_exe, thread::scope};

pub fn main() -> anyhow::Result<()> {
    let start = Instant::now();
    compute();
    println!("one: {} ms", start.elapsed().as_millis());

    let start = Instant::now();
    scope(|scope| (0..2).for_each(|_| _ = scope.spawn(compute)));
    println!("two threads: {} ms", start.elapsed().as_millis());

    let start = Instant::now();
    let child = cmd!(current_exe()?, "child", "compute");
    let (first, second) = (child.start()?, child.start()?);
    first.wait()?;
    second.wait()?;
    println!("two children: {} ms", start.elapsed().as_millis());
    Ok(())
}
