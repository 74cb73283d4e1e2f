use anyhow::Context;
use duct::cmd;
use std::io::{BufRead, BufReader, copy, sink};

pub fn main() -> anyhow::Result<()> {
    let mut yes = cmd!("yes").unchecked().reader()?;
    let line = BufReader::new(&yes).lines().next();
    yes.kill()?;
    copy(&mut yes, &mut sink())?;

    println!("{}", line.context("a line")??);
    Ok(())
}
