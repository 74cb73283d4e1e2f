use duct::cmd;
use std::io::{BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    // An expression, which describes a command. It starts nothing yet.
    let child = cmd!("printf", r"one\r\ntwo\r\n\r\n");
    println!("read():  {:?}", child.read()?);
    // BufReader takes large pieces from the stream. lines() cuts them.
    for line in BufReader::new(child.reader()?).lines() {
        // A line is a Result, since a read can fail.
        println!("lines(): {:?}", line?);
    }
    for bytes in BufReader::new(child.reader()?).split(b'\n') {
        // The first `?` is for the read, the second for from_utf8.
        println!("split(): {:?}", String::from_utf8(bytes?)?);
    }
    Ok(())
}
