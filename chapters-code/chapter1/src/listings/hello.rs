use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let greeting = cmd!("echo", "Hello, World!").read()?;
    println!("{greeting}");
    Ok(())
}
