use anyhow::Context;
use duct::cmd;
use rustix::process::{Pid, Signal, WaitOptions, getpid};
use rustix::process::{kill_process, set_child_subreaper, waitpid};
use std::fs;

pub fn main() -> anyhow::Result<()> {
    // `None`: we are no subreaper. `Some` of our own pid: we are one.
    for subreaper in [None, Some(getpid())] {
        set_child_subreaper(subreaper)?;
        // The shell starts a sleep, prints the pid of the sleep, and ends.
        let job = "sleep 60 >/dev/null 2>&1 & echo $!";
        let pid = cmd!("sh", "-c", job).read()?.parse()?;
        let pid = Pid::from_raw(pid).context("no such pid")?;

        // The fourth word of this file is the pid of the parent.
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        let parent = stat.split(' ').nth(3).context("no parent")?;
        let ours = parent == getpid().to_string();
        println!("child of pid {parent}, which is us: {ours}");

        kill_process(pid, Signal::KILL)?;
        let waited = waitpid(Some(pid), WaitOptions::empty());
        println!("may we wait for it: {}", waited.is_ok());
    }
    Ok(())
}
