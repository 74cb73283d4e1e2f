use anyhow::{Context, ensure};
use std::io::read_to_string;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

pub fn main() -> anyhow::Result<()> {
    let mut echo = Command::new("echo");
    let mut child = echo.arg("hello").stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().context("it is piped")?;
    let reading = thread::spawn(|| read_to_string(stdout));
    let end = Instant::now() + Duration::from_secs(10);
    while child.try_wait()?.is_none() && Instant::now() < end {
        thread::sleep(Duration::from_millis(10));
    }
    child.kill()?;
    ensure!(child.wait()?.success(), "echo failed, or took too long");
    let text = reading.join().expect("it does not panic")?;

    print!("{text}");
    Ok(())
}
