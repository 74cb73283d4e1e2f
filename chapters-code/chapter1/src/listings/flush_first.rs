use duct::cmd;
use std::io::{Write, stdout};

pub fn main() -> anyhow::Result<()> {
    // This text ends without a newline.
    print!("first the question, ");
    cmd!("echo", "then the answer").run()?;
    println!();

    print!("first the question, ");
    stdout().flush()?;
    cmd!("echo", "then the answer").run()?;
    Ok(())
}
