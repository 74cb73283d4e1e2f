use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let echo = cmd!("echo", "Hello, World!");
    let captured = echo.stdout_capture().run()?;
    let passed_on = echo.run()?;
    // `stdout` is a list of bytes. `from_utf8` makes a text of them.
    // {:?} prints the text with quotes, and a newline as \n.
    println!("captured: {:?}", String::from_utf8(captured.stdout)?);
    println!("not captured: {:?}", String::from_utf8(passed_on.stdout)?);
    Ok(())
}
