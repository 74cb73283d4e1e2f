use duct::cmd;
use std::os::unix::process::ExitStatusExt;

pub fn main() -> anyhow::Result<()> {
    let child = cmd!("sh", "-c", "exit 3").unchecked();
    let status = child.run()?.status;
    let signal = status.signal().unwrap_or(0);
    std::process::exit(status.code().unwrap_or(128 + signal));
}
