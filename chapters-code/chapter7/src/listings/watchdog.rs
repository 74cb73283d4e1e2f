use duct::{Expression, cmd};
use std::{thread, time::Duration};

fn watch(worker: Expression) -> anyhow::Result<()> {
    let worker = worker.start()?;
    while worker.try_wait()?.is_none() {
        thread::sleep(Duration::from_millis(10));
    }
    println!("the worker has ended, and will be started again");
    Ok(())
}

pub fn main() -> anyhow::Result<()> {
    println!("true: {:?}", watch(cmd!("true")));
    println!("false: {:?}", watch(cmd!("false")));
    println!("false, unchecked: {:?}", watch(cmd!("false").unchecked()));
    Ok(())
}
