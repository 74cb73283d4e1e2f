use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    fs::write("letter", "Dear reader\n")?;
    // Each word after `echo` is an argument of its own.
    let direct = cmd!("echo", "$DISH", "*", "|", "cat");
    println!("{}", direct.env("DISH", "dal").read()?);
    // `-c` makes `sh` run its next argument as a script.
    let shell = cmd!("sh", "-c", "echo $DISH * | cat");
    println!("{}", shell.env("DISH", "dal").read()?);

    // Each text is asked for as the name of one program.
    for name in ["echo hi", "history"] {
        if let Err(error) = cmd!(name).run() {
            println!("{name}: {error}");
        }
    }
    Ok(())
}
