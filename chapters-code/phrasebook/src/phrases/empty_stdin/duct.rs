use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    cmd!("cat").stdin_null().run()?;
    Ok(())
}
