use anyhow::Context;
use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

const CALCULATOR: &str = "while read sum; do echo $(($sum)); done";

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut questions) = pipe()?;
    let child = cmd!("sh", "-c", CALCULATOR).stdin_file(stdin).reader()?;
    let mut answers = BufReader::new(child).lines();
    let mut asked = 2;
    for _ in 0..4 {
        writeln!(questions, "{asked} * {asked}")?;
        let line = answers.next().context("it hung up")?;
        let answer = line?;
        println!("{asked} * {asked} = {answer}");
        asked = answer.parse()?;
    }
    drop(questions);
    println!("anything else? {:?}", answers.next());
    Ok(())
}
