use duct::cmd;
use std::io::{BufRead, BufReader, read_to_string};

pub fn main() -> anyhow::Result<()> {
    // `printf` makes a newline of each `\n`.
    let menu = cmd!("printf", r"dal\nroti\nkheer\n");
    let mut line = String::new();

    let pipe = menu.reader()?;
    // The reader only borrows the pipe.
    let mut reader = BufReader::new(&pipe);
    reader.read_line(&mut line)?;
    drop(reader);
    println!("from the pipe: {:?}", read_to_string(&pipe)?);

    let mut reader = BufReader::new(menu.reader()?);
    reader.read_line(&mut line)?;
    // `buffer()`: bytes from the pipe that are not handed out yet.
    println!("in its buffer: {:?}", str::from_utf8(reader.buffer())?);
    println!("from the reader: {:?}", read_to_string(reader)?);
    Ok(())
}
