use anyhow::Context;
use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

// In the shell, `$(($sum))` is the result of the sum.
const CALCULATOR: &str = "while read sum; do echo $(($sum)); done";

pub fn main() -> anyhow::Result<()> {
    // The pipe for the questions: its reading end, and its writing end.
    let (stdin, mut questions) = pipe()?;
    // `reader()` makes the pipe for the answers.
    let child = cmd!("sh", "-c", CALCULATOR).stdin_file(stdin).reader()?;
    let mut answers = BufReader::new(child).lines();
    let mut asked = 2;
    for _ in 0..4 {
        writeln!(questions, "{asked} * {asked}")?;
        // `next()` is `None` if the child has hung up.
        // `context` makes an error of this `None`.
        let line = answers.next().context("it hung up")?;
        let answer = line?;
        println!("{asked} * {asked} = {answer}");
        asked = answer.parse()?;
    }
    // This closes the writing end.
    drop(questions);
    println!("anything else? {:?}", answers.next());
    Ok(())
}
