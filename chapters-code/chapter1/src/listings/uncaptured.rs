use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let echo = cmd!("echo", "Hello, World!");
    let kept = echo.stdout_capture().run()?;
    let let_go = echo.run()?;
    println!("captured: {:?}", String::from_utf8(kept.stdout)?);
    println!("not captured: {:?}", String::from_utf8(let_go.stdout)?);
    Ok(())
}
