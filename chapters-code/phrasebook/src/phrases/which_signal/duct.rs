use duct::cmd;
use std::os::unix::process::ExitStatusExt;

pub fn main() -> anyhow::Result<()> {
    let child = cmd!("sh", "-c", "kill -TERM $$").unchecked();
    if let Some(signal) = child.run()?.status.signal() {
        println!("ended by signal {signal}");
    }
    Ok(())
}
