use duct::cmd;
use std::io::{BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "echo dal; echo too hot >&2");
    let reader = cook.stdout_null().stderr_to_stdout().reader()?;
    for line in BufReader::new(reader).lines() {
        println!("it says: {}", line?);
    }
    Ok(())
}
