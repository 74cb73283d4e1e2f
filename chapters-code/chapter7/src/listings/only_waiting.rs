use duct::cmd;
use std::time::Duration;

pub fn main() -> anyhow::Result<()> {
    let job = cmd!("sh", "-c", "sleep 1; echo finished").start()?;
    let ended = job.wait_timeout(Duration::from_millis(100))?.is_some();
    println!("ended within 100 ms: {ended}");
    println!("in the end: {}", job.wait()?.status);
    Ok(())
}
