use std::{process::Stdio, time::Duration};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::{process::Command, time::timeout};

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let mut sh = Command::new("sh");
    sh.args(["-c", "printf 'half '; read go; echo and half"]);
    let mut sh = sh.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let stdout = sh.stdout.take().expect("a pipe");
    // Called once. The half line is kept in `lines`.
    let mut lines = BufReader::new(stdout).lines();
    loop {
        match timeout(Duration::from_millis(500), lines.next_line()).await {
            Ok(line) => match line? {
                Some(line) => println!("a line: {line}"),
                None => break,
            },
            Err(_) => {
                println!("no line yet");
                // The child's stdin ends, so it prints the second half.
                drop(sh.stdin.take());
            }
        }
    }
    sh.wait().await?;
    Ok(())
}
