use duct::cmd;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tokio::{process::Command, task, time};

static TICKS: AtomicUsize = AtomicUsize::new(0);

async fn clock() {
    loop {
        time::sleep(time::Duration::from_millis(50)).await;
        TICKS.fetch_add(1, Relaxed);
    }
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    task::spawn(clock());
    Command::new("sleep").arg("1").status().await?;
    // `swap` returns the count of the ticks, and sets it back to 0.
    let ticks = TICKS.swap(0, Relaxed);
    println!("tokio's child: over 3 ticks: {}", ticks > 3);
    cmd!("sleep", "1").run()?;
    println!("duct's child: {} ticks", TICKS.swap(0, Relaxed));
    // This `?` is for a closure that panicked, the next for `run()`.
    let result = task::spawn_blocking(|| cmd!("sleep", "1").run()).await?;
    result?;
    println!("on a thread: over 3 ticks: {}", TICKS.swap(0, Relaxed) > 3);
    Ok(())
}
