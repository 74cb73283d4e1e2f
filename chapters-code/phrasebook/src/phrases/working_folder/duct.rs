use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    cmd!("pwd").dir("/").run()?;
    Ok(())
}
