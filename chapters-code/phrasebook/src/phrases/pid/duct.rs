use anyhow::ensure;
use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let child = cmd!("sh", "-c", "echo $$").stdout_capture().start()?;
    let pid = child.pids()[0];

    let said = String::from_utf8(child.into_output()?.stdout)?;
    ensure!(said == format!("{pid}\n"));
    Ok(())
}
