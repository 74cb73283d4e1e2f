use duct::cmd;
use std::io::{BufRead, BufReader, pipe};

pub fn main() -> anyhow::Result<()> {
    let (stdin, ours) = pipe()?;
    let talk = cmd!("sh", "-c", "echo Hello, World!; read word; exit 3");
    let child = talk.stdin_file(stdin).unchecked().reader()?;
    let status = || anyhow::Ok(child.try_wait()?.map(|out| out.status));
    let mut lines = BufReader::new(&child).lines();

    println!("line: {:?}", lines.next().transpose()?);
    println!("status: {:?}", status()?);
    drop(ours);
    println!("line: {:?}", lines.next().transpose()?);
    println!("status: {}", status()?.expect("it has ended"));
    Ok(())
}
