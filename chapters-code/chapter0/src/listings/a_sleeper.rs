use duct::cmd;
use std::{fs, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let sleeper = cmd!("sleep", "60").start()?;
    // pids()[0] is the pid of `sleep`.
    let status = format!("/proc/{}/status", sleeper.pids()[0]);
    // Look again each millisecond until `sleep` is asleep.
    while !fs::read_to_string(&status)?.contains("(sleeping)") {
        thread::sleep(Duration::from_millis(1));
    }
    let before = switches(&status)?;
    thread::sleep(Duration::from_secs(3));
    let after = switches(&status)?;
    println!("woken in three seconds: {} times", after - before);
    Ok(sleeper.kill()?)
}

fn switches(status: &str) -> anyhow::Result<u64> {
    let mut sum = 0;
    for line in fs::read_to_string(status)?.lines() {
        let (name, value) = line.split_once(":\t").unwrap_or_default();
        // voluntary_ctxt_switches, and nonvoluntary_ctxt_switches.
        if name.ends_with("ctxt_switches") {
            sum += value.parse::<u64>()?;
        }
    }
    Ok(sum)
}
