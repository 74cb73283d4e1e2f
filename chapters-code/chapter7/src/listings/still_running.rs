use duct::cmd;
use std::io::{BufRead, BufReader, pipe};

pub fn main() -> anyhow::Result<()> {
    let (stdin, ours) = pipe()?;
    let talk = cmd!("sh", "-c", "echo Hello, World!; read word; exit 3");
    let child = talk.stdin_file(stdin).unchecked().reader()?;
    let mut line = String::new();
    BufReader::new(&child).read_line(&mut line)?;
    print!("{line}");
    let status = || child.try_wait().map(|ended| ended.map(|it| it.status));
    println!("its line is here: {:?}", status()?);
    drop(ours);
    let rest = BufReader::new(&child).read_line(&mut line)?;
    println!("{rest} more bytes: {}", status()?.expect("it has ended"));
    Ok(())
}
