use duct::cmd;
use std::io::{BufRead, BufReader, read_to_string};

pub fn main() -> anyhow::Result<()> {
    let menu = cmd!("printf", r"dal\nroti\nkheer\n");
    let mut line = String::new();

    let pipe = menu.reader()?;
    let mut reader = BufReader::new(&pipe);
    reader.read_line(&mut line)?;
    drop(reader);
    println!("from the pipe: {:?}", read_to_string(&pipe)?);

    let mut reader = BufReader::new(menu.reader()?);
    reader.read_line(&mut line)?;
    println!("in its buffer: {:?}", str::from_utf8(reader.buffer())?);
    println!("from the reader: {:?}", read_to_string(reader)?);
    Ok(())
}
