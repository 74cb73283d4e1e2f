use anyhow::ensure;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut echo = Command::new("echo");
    let output = echo.arg("hello").stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "echo: {}", output.status);
    let text = String::from_utf8(output.stdout)?;

    print!("{text}");
    Ok(())
}
