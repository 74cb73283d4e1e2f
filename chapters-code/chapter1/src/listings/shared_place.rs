use duct::cmd;
use std::fs::{self, File};
use std::io::read_to_string;

pub fn main() -> anyhow::Result<()> {
    fs::write("menu", "dal, naan, rice\n")?;
    let menu = File::open("menu")?;
    // Reads five bytes from its stdin, and writes them to its stdout.
    let dd = cmd!("dd", "bs=5", "count=1", "status=none");
    println!(
        "the child read {:?}",
        // The copy of our descriptor becomes the stdin of `dd`.
        dd.stdin_file(menu.try_clone()?).read()?
    );
    println!("then we read {:?}", read_to_string(menu)?);
    Ok(())
}
