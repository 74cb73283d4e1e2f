use duct::{Handle, cmd};
use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{self, Read, pipe};
use std::{os::unix::process::CommandExt, process::Output, time::Duration};
fn end(child: &Handle, grace: Duration) -> io::Result<&Output> {
    let group = Pid::from_raw(child.pids()[0] as i32).expect("never 0");
    kill_process_group(group, Signal::TERM)?;
    if child.wait_timeout(grace)?.is_none() {
        kill_process_group(group, Signal::KILL)?;
    }
    child.wait()
}

pub fn main() -> anyhow::Result<()> {
    for first in ["true", "trap '' TERM"] {
        let job = format!("{first}; sleep 60 & echo; wait");
        let (mut ready, stdout) = pipe()?;
        let child = cmd!("sh", "-c", &job).stdout_file(stdout).unchecked();
        let child = child.before_spawn(|c| Ok(_ = c.process_group(0)));
        let child = child.start()?;
        ready.read_exact(&mut [0])?;
        println!("{job} -> {}", end(&child, Duration::from_secs(1))?.status);
    }
    Ok(())
}
