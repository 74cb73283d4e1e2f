use duct::cmd;
use std::io::{BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    let child = cmd!("printf", r"one\r\ntwo\r\n\r\n");
    println!("read():  {:?}", child.read()?);
    for line in BufReader::new(child.reader()?).lines() {
        println!("lines(): {:?}", line?);
    }
    for bytes in BufReader::new(child.reader()?).split(b'\n') {
        println!("split(): {:?}", String::from_utf8(bytes?)?);
    }
    Ok(())
}
