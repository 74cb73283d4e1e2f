use anyhow::bail;
use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let grep = cmd!("grep", "-q", "sugar", "recipe.txt");
    match grep.unchecked().run()?.status.code() {
        Some(0) => println!("there is sugar in it"),
        Some(1) => println!("no sugar in it"),
        _ => bail!("grep could not look"),
    }
    Ok(())
}
