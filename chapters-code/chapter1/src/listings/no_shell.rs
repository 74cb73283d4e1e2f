use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    fs::write("letter", "Dear reader\n")?;
    let direct = cmd!("echo", "$DISH", "*", "|", "cat");
    println!("{}", direct.env("DISH", "dal").read()?);
    let shell = cmd!("sh", "-c", "echo $DISH * | cat");
    println!("{}", shell.env("DISH", "dal").read()?);

    for name in ["echo hi", "history"] {
        if let Err(error) = cmd!(name).run() {
            println!("{name}: {error}");
        }
    }
    Ok(())
}
