use duct::cmd;
use std::io::{BufRead, BufReader, pipe};

pub fn main() -> anyhow::Result<()> {
    // The child gets the reading end as its stdin. We keep the writing end.
    let (stdin, ours) = pipe()?;
    // `read word` waits for a line from that pipe.
    let talk = cmd!("sh", "-c", "echo Hello, World!; read word; exit 3");
    let child = talk.stdin_file(stdin).unchecked().reader()?;
    let mut lines = BufReader::new(&child).lines();

    // `Some(Ok(…))` is a line, `Some(Err(…))` an error, and `None` the end.
    println!("line: {:?}", lines.next());
    // `None`, or `Some` with the child's `Output`, which has the status.
    println!("status: {:?}", child.try_wait()?);
    drop(ours);
    println!("line: {:?}", lines.next());
    let output = child.try_wait()?.expect("it has ended");
    println!("status: {}", output.status);
    Ok(())
}
