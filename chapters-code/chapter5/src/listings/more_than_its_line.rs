use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    fs::write("menu", "dal\nroti\nkheer\n")?;
    // As a left side, this writes the menu into a pipe.
    let cat_menu = cmd!("cat", "menu");
    // Each script puts its one line into the file `first`.
    let with_head = cmd!("sh", "-c", "head -n1 >first; cat");
    let with_read = cmd!("sh", "-c", "read line; echo $line >first; cat");

    let rest = with_head.stdin_path("menu").read()?;
    println!("head, file: {rest:?}");
    let rest = cat_menu.pipe(with_head).read()?;
    println!("head, pipe: {rest:?}");
    let rest = cat_menu.pipe(with_read).read()?;
    println!("read, pipe: {rest:?}");
    Ok(())
}
