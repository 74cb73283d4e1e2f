use anyhow::ensure;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut jobs = Vec::new();
    for dish in ["dal", "raita", "naan"] {
        let mut echo = Command::new("echo");
        jobs.push(echo.arg(dish).stdout(Stdio::piped()).spawn()?);
    }
    for job in jobs {
        let output = job.wait_with_output()?;
        ensure!(output.status.success(), "echo: {}", output.status);
        print!("{}", String::from_utf8(output.stdout)?);
    }
    Ok(())
}
