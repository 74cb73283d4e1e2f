use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let yes = cmd!("yes").unchecked();
    yes.pipe(cmd!("head", "-n1")).run()?;
    Ok(())
}
