use duct::cmd;
use std::io::{self, PipeWriter, Write, pipe};

fn order(dish: &str, mut hatch: &PipeWriter) -> io::Result<()> {
    writeln!(hatch, "{dish}")
}

fn last_order(dish: &str, hatch: PipeWriter) -> io::Result<()> {
    order(dish, &hatch)
}

pub fn main() -> anyhow::Result<()> {
    let (stdin, hatch) = pipe()?;
    let sort = cmd!("sort").stdin_file(stdin).start()?;
    order("naan", &hatch)?;
    order("dal", &hatch)?;
    last_order("kheer", hatch)?;
    println!("{}", sort.wait()?.status);
    Ok(())
}
