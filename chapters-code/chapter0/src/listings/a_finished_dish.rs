use duct::cmd;
use std::{fs, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    // `unchecked()`: an exit status other than 0 is no error for us.
    let child = cmd!("sh", "-c", "exit 3").unchecked().start()?;
    let path = format!("/proc/{}/status", child.pids()[0]);
    // Look each millisecond, until the state is `Z (zombie)`.
    while !fs::read_to_string(&path)?.contains("(zombie)") {
        thread::sleep(Duration::from_millis(1));
    }
    let record = fs::read_to_string(&path)?;
    println!("ended, and still in the kernel's books");
    // VmSize is in status only if the process has memory.
    println!("has memory: {}", record.contains("VmSize"));
    println!("waited for: {}", child.wait()?.status);
    println!("still there: {}", fs::exists(&path)?);
    Ok(())
}
