use duct::cmd;
use std::{fs, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let mut children = Vec::new();
    // 0..n is range(n). Here n is twice the number of CPUs we may use.
    for _ in 0..2 * thread::available_parallelism()?.get() {
        // In a shell, `:` is a command that does nothing.
        children.push(cmd!("sh", "-c", "while :; do :; done").start()?);
    }
    for child in &children {
        // Look again until this spinner has lost its CPU ten times.
        while taken_away(child.pids()[0])? < 10 {
            thread::sleep(Duration::from_millis(10));
        }
    }
    println!("each has lost the CPU 10 times");
    for child in &children {
        child.kill()?;
    }
    Ok(())
}

fn taken_away(pid: u32) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let (_, rest) = status.split_once("nonvoluntary").unwrap_or_default();
    // rest begins with "_ctxt_switches:" as word 0. The count is word 1.
    Ok(rest.split_whitespace().nth(1).unwrap_or_default().parse()?)
}
