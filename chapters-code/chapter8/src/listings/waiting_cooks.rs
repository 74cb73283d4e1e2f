use std::{thread, time::Duration, time::Instant};
use tokio::{runtime::Builder, task::JoinSet, time};

pub fn main() -> anyhow::Result<()> {
    let wait = Duration::from_millis(300);
    let start = Instant::now();
    // scope returns when all twenty threads have ended.
    thread::scope(|threads| {
        for _ in 0..20 {
            threads.spawn(|| thread::sleep(wait));
        }
    });
    println!("20 threads: {:.3} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    // Like Python's (… for _ in range(20)): nothing has started yet.
    let children = (0..20).map(|_| duct::cmd!("sleep", "0.3").start());
    // collect starts all twenty, or returns the error of a start.
    for child in children.collect::<Result<Vec<_>, _>>()? {
        child.wait()?;
    }
    println!("20 children: {:.3} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let runtime = Builder::new_current_thread().enable_time().build()?;
    // time::sleep only makes a value. A task made of the value waits.
    let tasks = (0..20).map(|_| time::sleep(wait));
    // Make a task of each value, let the tasks run, wait for their end.
    runtime.block_on(async { JoinSet::from_iter(tasks).join_all().await });
    println!("20 tasks: {:.3} s", start.elapsed().as_secs_f64());
    Ok(())
}
