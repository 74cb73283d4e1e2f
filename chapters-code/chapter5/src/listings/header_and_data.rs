use duct::cmd;
use std::io::{BufRead, BufReader, Read};

/// The number in the next line.
fn length(stream: &mut impl BufRead) -> anyhow::Result<usize> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    Ok(line.trim_end().parse()?)
}

pub fn main() -> anyhow::Result<()> {
    let sender = cmd!("printf", r"3\ndal4\nroti").reader()?;
    let mut stream = BufReader::new(sender);
    for _ in 0..2 {
        let mut data = vec![0; length(&mut stream)?];
        stream.read_exact(&mut data)?;
        println!("{:?}", str::from_utf8(&data)?);
    }
    Ok(())
}
