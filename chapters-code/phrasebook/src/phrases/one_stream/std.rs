use anyhow::ensure;
use std::io::{pipe, read_to_string};
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let cook = ["-c", "echo chop; echo too hot >&2; echo serve"];
    let (reader, writer) = pipe()?;
    let mut child = Command::new("sh")
        .args(cook)
        .stdout(writer.try_clone()?)
        .stderr(writer)
        .spawn()?;
    let text = read_to_string(reader)?;
    let status = child.wait()?;
    ensure!(status.success(), "sh: {status}");

    println!("{}", text.lines().collect::<Vec<_>>().join(", "));
    Ok(())
}
