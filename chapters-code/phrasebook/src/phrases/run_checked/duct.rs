use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    cmd!("echo", "hello").run()?;
    Ok(())
}
