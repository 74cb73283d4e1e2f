use duct::cmd;
use std::io::{BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    let text = "a line\n".repeat(100_000);
    let reader = cmd!("cat").stdin_bytes(text).reader()?;
    let mut letters = 0;
    for line in BufReader::new(reader).lines() {
        letters += line?.len();
    }

    println!("{letters} letters");
    Ok(())
}
