use std::os::unix::process::ExitStatusExt;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let mut child = Command::new("sh");
    let status = child.args(["-c", "kill -TERM $$"]).status()?;
    if let Some(signal) = status.signal() {
        println!("ended by signal {signal}");
    }
    Ok(())
}
