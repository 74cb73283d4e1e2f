use duct::cmd;
use std::io::read_to_string;

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "echo curry; echo it burns >&2");
    let right = cook.stdout_null().stderr_to_stdout();
    let wrong = cook.stderr_to_stdout().stdout_null();
    for (name, expression) in [("right", right), ("wrong", wrong)] {
        let text = read_to_string(expression.reader()?)?;
        println!("{name} order: {text:?}");
    }
    Ok(())
}
