use std::os::unix::process::ExitStatusExt;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let mut child = Command::new("sh");
    let status = child.args(["-c", "exit 3"]).status()?;
    let signal = status.signal().unwrap_or(0);
    std::process::exit(status.code().unwrap_or(128 + signal));
}
