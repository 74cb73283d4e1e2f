use anyhow::Context;
use rustix::process::{Pid, Signal, kill_process};
use std::{process::ExitStatus, process::Stdio, time::Duration};
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::time::timeout;

async fn end(child: &mut Child) -> anyhow::Result<ExitStatus> {
    let pid = child.id().context("it has been collected")? as i32;
    kill_process(Pid::from_raw(pid).context("never 0")?, Signal::TERM)?;
    if timeout(Duration::from_secs(1), child.wait()).await.is_err() {
        child.kill().await?;
    }
    Ok(child.wait().await?)
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    for (case, first) in [("default", "true"), ("ignored", "trap '' TERM")] {
        let mut sh = Command::new("sh");
        sh.arg("-c").arg(format!("{first}; echo; exec sleep 60"));
        let mut child = sh.stdout(Stdio::piped()).spawn()?;
        child.stdout.take().context("no stdout")?.read_u8().await?;
        println!("TERM {case}: {}", end(&mut child).await?);
    }
    Ok(())
}
