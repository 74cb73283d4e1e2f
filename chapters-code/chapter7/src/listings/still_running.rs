use duct::cmd;
use std::io::{BufRead, BufReader, pipe};

pub fn main() -> anyhow::Result<()> {
    let (stdin, ours) = pipe()?;
    let talk = cmd!("sh", "-c", "echo Hello, World!; read word; exit 3");
    let child = talk.stdin_file(stdin).unchecked().reader()?;
    let mut lines = BufReader::new(&child).lines();

    println!("line: {:?}", lines.next());
    println!("status: {:?}", child.try_wait()?);
    drop(ours);
    println!("line: {:?}", lines.next());
    let output = child.try_wait()?.expect("it has ended");
    println!("status: {}", output.status);
    Ok(())
}
