use std::{process::Stdio, time::Duration};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let limit = Duration::from_millis(500);

    let (mut sh, mut stdout) = start_sh().await?;
    let mut line = String::new();
    // When the time is up, `timeout` drops the future. `_ =` ignores its error.
    _ = timeout(limit, stdout.read_line(&mut line)).await;
    // The child's stdin ends, so the child prints the second half.
    drop(sh.stdin.take());
    stdout.read_line(&mut line).await?;
    print!("read_line: {line}");
    sh.wait().await?;
    drop(stdout);

    let (mut sh, mut stdout) = start_sh().await?;
    let mut kept = vec![];
    _ = timeout(limit, stdout.read_until(b'\n', &mut kept)).await;
    drop(sh.stdin.take());
    stdout.read_until(b'\n', &mut kept).await?;
    print!("read_until: {}", str::from_utf8(&kept)?);
    sh.wait().await?;
    Ok(())
}

/// A child that has printed half a line, and its stdout.
async fn start_sh() -> anyhow::Result<(Child, BufReader<ChildStdout>)> {
    let mut sh = Command::new("sh");
    sh.args(["-c", "printf 'half '; read go; echo and half"]);
    let mut sh = sh.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut stdout = BufReader::new(sh.stdout.take().expect("a pipe"));
    // Wait until the first half is there, and leave it in the `BufReader`.
    stdout.fill_buf().await?;
    Ok((sh, stdout))
}
