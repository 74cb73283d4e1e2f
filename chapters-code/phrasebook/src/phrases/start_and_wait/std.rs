use anyhow::ensure;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut echo = Command::new("echo");
    let job = echo.arg("done").stdout(Stdio::piped()).spawn()?;
    println!("meanwhile");
    let output = job.wait_with_output()?;
    ensure!(output.status.success(), "echo: {}", output.status);

    print!("it says: {}", String::from_utf8(output.stdout)?);
    Ok(())
}
