use anyhow::ensure;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut printf = Command::new("printf");
    printf.arg(r"caf\351 au lait\n").stderr(Stdio::inherit());
    let output = printf.output()?;
    ensure!(output.status.success(), "printf: {}", output.status);
    let text = String::from_utf8_lossy(&output.stdout);

    print!("{text}");
    Ok(())
}
