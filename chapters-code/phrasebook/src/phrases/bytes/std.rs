use anyhow::ensure;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut printf = Command::new("printf");
    printf.arg(r"\000\377").stderr(Stdio::inherit());
    let output = printf.output()?;
    ensure!(output.status.success(), "printf: {}", output.status);
    let bytes = output.stdout;

    println!("{bytes:?}");
    Ok(())
}
