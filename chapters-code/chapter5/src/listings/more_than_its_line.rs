use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    fs::write("menu", "dal\nroti\nkheer\n")?;
    let head = cmd!("sh", "-c", "head -n1 >first; cat");
    let read = cmd!("sh", "-c", "read line; echo $line >first; cat");
    let menu = cmd!("cat", "menu");

    println!("head, file: {:?}", head.stdin_path("menu").read()?);
    println!("head, pipe: {:?}", menu.pipe(head).read()?);
    println!("read, pipe: {:?}", menu.pipe(read).read()?);
    Ok(())
}
