use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let words = vec!["two words", "*.txt"];
    cmd("printf", [r"%s\n"].iter().chain(&words)).run()?;
    Ok(())
}
