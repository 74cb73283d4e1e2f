use duct::cmd;
use std::{env, fs};

pub fn main() -> anyhow::Result<()> {
    fs::create_dir("sub")?;
    fs::write("note", "the parent's note")?;
    fs::write("sub/note", "the note in sub")?;

    println!("cd sub: {}", cmd!("sh", "-c", "cd sub; cat note").read()?);
    println!("afterwards: {}", cmd!("cat", "note").read()?);
    println!("dir: {}", cmd!("cat", "note").dir("sub").read()?);
    let fed = cmd!("cat").stdin_path("note").dir("sub");
    println!("dir and stdin_path: {}", fed.read()?);

    // In the variable PWD a shell keeps the name of its working directory.
    // Without a PWD `printenv` fails, and `told` is an empty text.
    let told = cmd!("printenv", "PWD").dir("sub").unchecked().read()?;
    // Is `told` our own PWD? If we have none, compare with an empty text.
    println!(
        "PWD as before: {}",
        told == env::var("PWD").unwrap_or_default()
    );
    let shell = cmd!("sh", "-c", "echo $PWD").dir("sub").read()?;
    println!("in a shell it ends in /sub: {}", shell.ends_with("/sub"));
    Ok(())
}
