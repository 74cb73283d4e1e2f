use anyhow::bail;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let mut grep = Command::new("grep");
    match grep.args(["-q", "sugar", "recipe.txt"]).status()?.code() {
        Some(0) => println!("there is sugar in it"),
        Some(1) => println!("no sugar in it"),
        _ => bail!("grep could not look"),
    }
    Ok(())
}
