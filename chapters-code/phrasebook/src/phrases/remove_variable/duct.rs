use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let ask = cmd!("sh", "-c", "echo ${LC_ALL-no locale}");
    ask.env_remove("LC_ALL").run()?;
    Ok(())
}
