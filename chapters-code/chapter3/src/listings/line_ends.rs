use duct::cmd;
use std::io::{BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    let child = cmd!("printf", r"one\r\ntwo\r\n\r\n");
    println!("read(): {:?}", child.read()?);
    for line in BufReader::new(child.reader()?).lines() {
        println!("lines(): {:?}", line?);
    }
    for line in BufReader::new(child.reader()?).split(b'\n') {
        println!("split(b'\\n'): {}", line?.escape_ascii());
    }
    Ok(())
}
