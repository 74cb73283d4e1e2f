use anyhow::Context;
use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut ask) = pipe()?;
    let cook = r#"while read -r it; do echo "$it is ready"; done"#;
    let reader = cmd!("sh", "-c", cook).stdin_file(stdin).reader()?;
    let mut answers = BufReader::new(reader).lines();
    for dish in ["dal", "raita"] {
        writeln!(ask, "{dish}")?;
        let answer = answers.next().context("an answer")?;
        println!("{}", answer?);
    }
    drop(ask);
    for rest in answers {
        rest?;
    }
    Ok(())
}
