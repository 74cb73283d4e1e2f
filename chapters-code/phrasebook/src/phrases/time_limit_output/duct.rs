use duct::cmd;
use std::time::Duration;

pub fn main() -> anyhow::Result<()> {
    let echo = cmd!("echo", "hello").stdout_capture().start()?;
    if echo.wait_timeout(Duration::from_secs(10))?.is_none() {
        echo.kill()?;
    }
    let output = echo.into_output()?;

    print!("{}", String::from_utf8(output.stdout)?);
    Ok(())
}
