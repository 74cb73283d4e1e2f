use duct::cmd;
use std::io::{self, BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    let child = cmd!("sh", "-c", "echo one; exit 3");
    let lines = BufReader::new(child.reader()?).lines();
    // `take(4)` stops the loop after four items.
    for line in lines.take(4) {
        match line {
            Ok(line) => println!("Ok: {line}"),
            Err(error) => println!("Err: {error}"),
        }
    }

    // The same child again: all its lines, or the first error.
    let lines = BufReader::new(child.reader()?).lines();
    let all: io::Result<Vec<String>> = lines.collect();
    // `expect_err` takes the error out of the result.
    println!("collect(): {}", all.expect_err("it exits with 3"));
    Ok(())
}
