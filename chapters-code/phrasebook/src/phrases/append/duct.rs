use duct::cmd;
use std::fs::File;

pub fn main() -> anyhow::Result<()> {
    let log = File::options().append(true).create(true).open("log")?;
    cmd!("echo", "today").stdout_file(log).run()?;
    Ok(())
}
