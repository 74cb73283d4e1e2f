use anyhow::Context;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

async fn order(seconds: &str, dishes: [&str; 2]) -> anyhow::Result<()> {
    // `$0` is the argument that follows the script: the seconds.
    let script = "while read dish; do sleep $0; echo $dish, hot; done";
    let mut sh = Command::new("sh");
    sh.args(["-c", script, seconds]).stdin(Stdio::piped());
    let mut cook = sh.stdout(Stdio::piped()).spawn()?;
    let orders = cook.stdin.as_mut().context("no pipe")?;
    let plates = cook.stdout.as_mut().context("no pipe")?;
    let mut plates = BufReader::new(plates).lines();
    for dish in dishes {
        orders.write_all(format!("{dish}\n").as_bytes()).await?;
        println!("{}", plates.next_line().await?.context("no plate")?);
    }
    cook.wait().await?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    // Two futures. Neither cook is started before `try_join!` runs both.
    let slow = order("1", ["dal", "rice"]);
    let fast = order("0", ["tea", "chai"]);
    tokio::try_join!(slow, fast)?;
    Ok(())
}
