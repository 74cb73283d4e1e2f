use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    // 1. Start the left side, with a pipe as its stdout.
    let mut echo = Command::new("echo")
        .arg("Hello, pipe!")
        .stdout(Stdio::piped())
        .spawn()?;
    // 2. Take the reading end out.
    let end = echo.stdout.take().expect("stdout is piped");
    // 3. Give it to the right side. `output()` waits for the right side.
    let wc = Command::new("wc").arg("-w").stdin(end).output()?;
    // 4. Wait for the left side.
    let echo_status = echo.wait()?;
    print!("{}", String::from_utf8(wc.stdout)?);
    println!("echo: {echo_status}, wc: {}", wc.status);
    Ok(())
}
