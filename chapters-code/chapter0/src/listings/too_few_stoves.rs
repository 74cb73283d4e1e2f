use duct::cmd;
use std::{fs, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let spinner = cmd!("sh", "-c", "while :; do :; done");
    let mut spinners = Vec::new();
    for _ in 0..2 * thread::available_parallelism()?.get() {
        spinners.push(spinner.start()?);
    }
    for spinner in &spinners {
        let status = format!("/proc/{}/status", spinner.pids()[0]);
        while taken_away(&fs::read_to_string(&status)?)? < 10 {
            thread::sleep(Duration::from_millis(10));
        }
    }
    println!("from each the CPU was taken away 10 times");
    spinners.iter().try_for_each(|spinner| Ok(spinner.kill()?))
}

fn taken_away(status: &str) -> anyhow::Result<u64> {
    let count = status.split_once("nonvoluntary_ctxt_switches:");
    Ok(count.unwrap_or_default().1.trim().parse()?)
}
