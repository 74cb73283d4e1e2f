use anyhow::ensure;
use std::io::pipe;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let (reader, writer) = pipe()?;
    let mut yes = Command::new("yes").stdout(writer).spawn()?;
    let head = Command::new("head").arg("-n1").stdin(reader).status();
    yes.wait()?;
    let head = head?;
    ensure!(head.success(), "head: {head}");
    Ok(())
}
