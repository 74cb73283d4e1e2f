use crate::inlined::compiled_into_its_caller;
use std::io::{Read, pipe};
use std::process::{Command, Stdio};
use std::thread;

pub fn main() -> anyhow::Result<()> {
    let (mut reader, _writer) = pipe()?;
    let sleep = Command::new("sleep").arg("60").stdin(Stdio::null()).spawn(); // starts
    let mut child = sleep?;
    thread::spawn(move || {
        reader.read_to_end(&mut vec![]) // reads
    });
    thread::spawn(|| {
        compiled_into_its_caller(thread::park); // parks
    });
    child.wait()?; // waits
    Ok(())
}
