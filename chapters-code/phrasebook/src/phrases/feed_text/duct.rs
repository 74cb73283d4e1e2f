use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let text = "pear\napple\n";
    let sorted = cmd!("sort").stdin_bytes(text).read()?;

    println!("{sorted}");
    Ok(())
}
