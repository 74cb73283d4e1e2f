use duct::cmd;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tokio::{process::Command, task, time};

static TICKS: AtomicUsize = AtomicUsize::new(0);

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    task::spawn(async {
        loop {
            time::sleep(time::Duration::from_millis(50)).await;
            TICKS.fetch_add(1, Relaxed);
        }
    });
    Command::new("sleep").arg("1").status().await?;
    let ticks = TICKS.swap(0, Relaxed);
    println!("tokio's child: over 3 ticks: {}", ticks > 3);
    cmd!("sleep", "1").run()?;
    println!("duct's child: {} ticks", TICKS.swap(0, Relaxed));
    let result = task::spawn_blocking(|| cmd!("sleep", "1").run()).await?;
    result?;
    println!("on a thread: over 3 ticks: {}", TICKS.swap(0, Relaxed) > 3);
    Ok(())
}
