use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut echo = Command::new("echo")
        .arg("Hello, pipe!")
        .stdout(Stdio::piped())
        .spawn()?;
    let end = echo.stdout.take().expect("stdout is piped");
    let wc = Command::new("wc").arg("-w").stdin(end).output()?;
    let echo_status = echo.wait()?;
    print!("{}", String::from_utf8(wc.stdout)?);
    println!("echo: {echo_status}, wc: {}", wc.status);
    Ok(())
}
