use duct::cmd;
use std::{fs, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let sleeper = cmd!("sleep", "60").start()?;
    let folder = format!("/proc/{}", sleeper.pids()[0]);
    while !fs::read_to_string(format!("{folder}/wchan"))?.contains("sleep") {
        thread::sleep(Duration::from_millis(1));
    }
    let before = switches(&folder)?;
    thread::sleep(Duration::from_secs(1));
    println!("woken in a second: {} times", switches(&folder)? - before);
    sleeper.kill()?;
    Ok(())
}

/// How often it left a CPU, of its own accord or not.
fn switches(folder: &str) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("{folder}/status"))?;
    let lines = status.lines().filter(|line| line.contains("ctxt_switches"));
    let counts = lines.filter_map(|line| line.split_once('\t'));
    Ok(counts.filter_map(|(_, n)| n.parse::<u64>().ok()).sum())
}
