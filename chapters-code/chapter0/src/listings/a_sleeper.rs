use duct::cmd;
use std::{fs, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let sleeper = cmd!("sleep", "60").start()?;
    let status = format!("/proc/{}/status", sleeper.pids()[0]);
    while !fs::read_to_string(&status)?.contains("(sleeping)") {
        thread::sleep(Duration::from_millis(1));
    }
    let before = switches(&status)?;
    thread::sleep(Duration::from_secs(3));
    let in_vain = switches(&status)? - before;
    println!("woken in three seconds: {in_vain} times");
    sleeper.kill()?;
    Ok(())
}

/// How often it left a CPU, of its own accord or not.
fn switches(status: &str) -> anyhow::Result<u64> {
    let status = fs::read_to_string(status)?;
    let lines = status.lines().filter(|line| line.contains("ctxt_switches"));
    let counts = lines.filter_map(|line| line.split_once('\t'));
    Ok(counts.filter_map(|(_, n)| n.parse::<u64>().ok()).sum())
}
