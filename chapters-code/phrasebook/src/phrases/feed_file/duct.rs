use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    cmd!("sort").stdin_path("names").run()?;
    Ok(())
}
