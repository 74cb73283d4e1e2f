use duct::cmd;
use std::io::{BufRead, BufReader, read_to_string};

pub fn main() -> anyhow::Result<()> {
    let menu = cmd!("printf", r"dal\nroti\nkheer\n");
    let mut first = String::new();

    let pipe = menu.reader()?;
    BufReader::new(&pipe).read_line(&mut first)?;
    println!("from the pipe: {:?}", read_to_string(&pipe)?);

    let mut reader = BufReader::new(menu.reader()?);
    reader.read_line(&mut first)?;
    println!("in its buffer: {}", reader.buffer().escape_ascii());
    println!("from the reader: {:?}", read_to_string(reader)?);
    Ok(())
}
