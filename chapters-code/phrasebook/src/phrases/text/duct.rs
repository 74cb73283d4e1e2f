use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let text = cmd!("echo", "hello").read()?;

    println!("{text}");
    Ok(())
}
