use anyhow::ensure;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut ask = Command::new("sh");
    let child =
        ask.args(["-c", "echo $$"]).stdout(Stdio::piped()).spawn()?;
    let pid = child.id();

    let said = String::from_utf8(child.wait_with_output()?.stdout)?;
    ensure!(said == format!("{pid}\n"));
    Ok(())
}
