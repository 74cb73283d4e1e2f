use duct::cmd;
use std::time::Duration;
use tokio::{task::spawn_blocking, time::timeout};

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let task = spawn_blocking(|| {
        cmd!("sleep", "1").run()?;
        println!("the child has ended");
        anyhow::Ok(())
    });
    let stop = task.abort_handle();
    let late = timeout(Duration::from_millis(300), task).await.is_err();
    println!("no answer: {late}");
    stop.abort();
    println!("the last line of main");
    Ok(())
}
