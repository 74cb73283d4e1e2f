use anyhow::ensure;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let output = Command::new("echo")
        .arg("hello")
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "echo: {}", output.status);
    let text = String::from_utf8(output.stdout)?;

    print!("{text}");
    Ok(())
}
