use anyhow::Context;
use duct::cmd;
use rustix::process::Signal;
use std::{fs, time::Duration};

fn catches_sigchld() -> anyhow::Result<bool> {
    let status = fs::read_to_string("/proc/self/status")?;
    // SigCgt: the signals that we catch, as a hexadecimal number.
    let caught = status.lines().find_map(|l| l.strip_prefix("SigCgt:\t"));
    let caught = u64::from_str_radix(caught.context("no SigCgt")?, 16)?;
    // The lowest bit is signal 1, the next bit signal 2, and so on.
    let sigchld = 1 << (Signal::CHILD.as_raw() - 1);
    Ok(caught & sigchld != 0)
}

pub fn main() -> anyhow::Result<()> {
    let job = cmd!("sleep", "60").unchecked().start()?;
    println!("before the deadline: {}", catches_sigchld()?);
    job.wait_timeout(Duration::from_millis(100))?;
    println!("after the deadline: {}", catches_sigchld()?);
    job.kill()?;
    job.wait()?;
    println!("after the child's end: {}", catches_sigchld()?);
    Ok(())
}
