use duct::cmd;
use std::io::{BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    let reader = cmd!("printf", r"one\ntwo\n").reader()?;
    for line in BufReader::new(reader).lines() {
        println!("a line: {}", line?);
    }
    Ok(())
}
