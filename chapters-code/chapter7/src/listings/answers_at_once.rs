use anyhow::Context;
use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut questions) = pipe()?;
    // `stdbuf -oL` makes `tr` send each line as soon as it is whole.
    let answers = cmd!("stdbuf", "-oL", "tr", "a-z", "A-Z")
        .stdin_file(stdin)
        .reader()?;
    let mut answers = BufReader::new(answers).lines();
    for question in ["is anybody there?", "and now?"] {
        writeln!(questions, "{question}")?;
        println!("{}", answers.next().context("no answer")??);
    }
    // `tr` meets the end of its input, and ends.
    drop(questions);
    println!("more answers: {}", answers.count());
    Ok(())
}
