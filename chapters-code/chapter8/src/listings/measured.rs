use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    cmd!(current_exe()?, "measure").run()?;
    Ok(())
}
