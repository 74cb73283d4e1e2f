use duct::cmd;
use std::io::{BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "echo curry; echo it burns >&2");
    let right = cook.stdout_null().stderr_to_stdout();
    let wrong = cook.stderr_to_stdout().stdout_null();
    for (name, expression) in [("right", right), ("wrong", wrong)] {
        let lines = BufReader::new(expression.reader()?).lines();
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        println!("{name} order: {lines:?}");
    }
    Ok(())
}
