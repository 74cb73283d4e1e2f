use duct::cmd;
use std::fs::{self, File};

pub fn main() -> anyhow::Result<()> {
    fs::write("menu", "dal\nroti\n")?;
    let cat = cmd!("cat").stdin_file(File::open("menu")?);
    println!("stdin_file: {:?}, {:?}", cat.read()?, cat.read()?);

    let cat = cmd!("cat").stdin_path("menu");
    println!("stdin_path: {:?}, {:?}", cat.read()?, cat.read()?);
    Ok(())
}
