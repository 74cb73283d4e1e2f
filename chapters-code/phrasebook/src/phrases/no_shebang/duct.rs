use anyhow::ensure;
use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    cmd!("sh", "./tool").run()?;

    // By its bare name, duct has it run by sh.
    let path = cmd!("tool").env("PATH", std::env::current_dir()?);
    ensure!(path.read()? == "run by sh");
    ensure!(cmd!("./tool").run().is_err());
    Ok(())
}
