use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    cmd!("printenv", "DISH").env("DISH", "dal").run()?;
    Ok(())
}
