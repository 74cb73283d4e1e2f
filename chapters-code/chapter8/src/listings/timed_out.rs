use anyhow::Context;
use duct::cmd;
use std::{fs, time::Duration};
use tokio::{process::Command, time};

fn state(pid: u32) -> &'static str {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
    stat.map_or("gone", |s| if s.contains(") Z ") { "Z" } else { "alive" })
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let tenth = Duration::from_millis(100);
    let child = Command::new("sleep").arg("60").spawn()?;
    let pid = child.id().context("no pid")?;
    let end = time::timeout(tenth, child.wait_with_output()).await;
    println!("timed out: {}; the child: {}", end.is_err(), state(pid));
    cmd!("kill", pid.to_string()).run()?;
    while state(pid) == "alive" {}
    println!("killed, and nobody awaits: {}", state(pid));
    time::sleep(tenth).await;
    println!("after an await: {}", state(pid));
    Ok(())
}
