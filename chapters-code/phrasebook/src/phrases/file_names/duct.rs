use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let name = "-n";
    cmd!("cat", "--", name).run()?;
    Ok(())
}
