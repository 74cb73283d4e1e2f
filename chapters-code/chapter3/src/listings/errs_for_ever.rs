use duct::cmd;
use std::io::{self, BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    let child = cmd!("sh", "-c", "echo one; exit 3");
    for line in BufReader::new(child.reader()?).lines().take(4) {
        match line {
            Ok(line) => println!("Ok: {line}"),
            Err(error) => println!("Err: {error}"),
        }
    }
    let reader = BufReader::new(child.reader()?);
    let all: io::Result<Vec<String>> = reader.lines().collect();
    println!("collect(): {}", all.expect_err("it exits with 3"));
    Ok(())
}
