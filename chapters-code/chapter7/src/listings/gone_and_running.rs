use duct::cmd;
use std::{path::PathBuf, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let script = cmd!("sh", "-c", "sleep 1 & echo up");
    let job = script.stdout_capture().start()?;
    let sh = PathBuf::from(format!("/proc/{}", job.pids()[0]));
    while sh.exists() && job.try_wait()?.is_none() {
        thread::sleep(Duration::from_millis(10));
    }
    println!("there is a process sh: {}", sh.exists());
    println!("it has ended: {}", job.try_wait()?.is_some());
    println!("waited: {:?}", String::from_utf8_lossy(&job.wait()?.stdout));
    println!("it has ended: {}", job.try_wait()?.is_some());
    Ok(())
}
