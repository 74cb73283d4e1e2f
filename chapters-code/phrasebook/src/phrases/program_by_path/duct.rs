use duct::cmd;
use std::path::absolute;

pub fn main() -> anyhow::Result<()> {
    cmd!(absolute("tool")?).dir("/").run()?;
    Ok(())
}
