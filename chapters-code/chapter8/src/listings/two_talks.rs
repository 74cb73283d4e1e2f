use anyhow::Context;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

async fn order(seconds: &str, dishes: [&str; 2]) -> anyhow::Result<()> {
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
    cook.wait().await.map(drop).context("waiting for the cook")
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let slow = order("1", ["dal", "rice"]);
    tokio::try_join!(slow, order("0", ["tea", "chai"])).map(drop)
}
