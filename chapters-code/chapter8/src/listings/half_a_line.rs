use std::{process::Stdio, time::Duration};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::{process::Command, time::timeout};

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    for method in ["read_line", "read_until"] {
        let mut sh = Command::new("sh");
        sh.args(["-c", "printf 'half '; read go; echo and half"]);
        sh.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut sh = sh.spawn()?;
        let mut stdout = BufReader::new(sh.stdout.take().expect("a pipe"));
        stdout.fill_buf().await?;
        let (mut line, mut kept) = (String::new(), vec![]);
        let mut read = async || match method {
            "read_line" => stdout.read_line(&mut line).await,
            _ => stdout.read_until(b'\n', &mut kept).await,
        };
        _ = timeout(Duration::from_millis(500), read()).await;
        drop(sh.stdin.take());
        read().await?;
        print!("{method}: {line}{}", str::from_utf8(&kept)?);
    }
    Ok(())
}
