use duct::cmd;
use std::env;

pub fn main() -> anyhow::Result<()> {
    let ask = cmd!("sh", "-c", "echo $DISH, ${LC_ALL-no locale}");
    let path = env::var("PATH")?;
    ask.full_env([("PATH", &*path), ("DISH", "dal")]).run()?;
    Ok(())
}
