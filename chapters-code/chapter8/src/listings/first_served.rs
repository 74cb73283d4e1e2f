use std::{fs, io, time::Duration};
use tokio::{process::Command, time};

async fn cook(dish: &str, seconds: &str) -> io::Result<()> {
    fs::write(dish, "half done")?;
    let mut sleep = Command::new("sleep");
    sleep.arg(seconds).kill_on_drop(true).status().await?;
    println!("{dish} is ready");
    fs::write(dish, "done")
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    tokio::select! {
        result = cook("rice", "0.5") => result?,
        result = cook("curry", "60") => result?,
    }
    println!("curry: {}", fs::read_to_string("curry")?);
    while !fs::read_to_string("/proc/thread-self/children")?.is_empty() {
        time::sleep(Duration::from_millis(10)).await;
    }
    println!("no child is left");
    Ok(())
}
