use std::io::{ErrorKind::ExecutableFileBusy, Read, Write, pipe};
use std::os::unix::{fs::OpenOptionsExt, process::CommandExt};
use std::{fs::OpenOptions, process::Command, thread};

#[allow(unsafe_code)]
pub fn main() -> anyhow::Result<()> {
    let mut new = OpenOptions::new();
    let mut tool = new.append(true).create(true).mode(0o755).open("tool")?;
    tool.write_all(b"#!/bin/sh\necho hello\n")?;
    let ((mut seen, mut forked), (mut gate, mut key)) = (pipe()?, pipe()?);
    let stand = move || forked.write_all(b"f").and(gate.read_exact(&mut [0]));
    let mut other = Command::new("true");
    // SAFETY: between fork and exec the closure only writes and reads.
    unsafe { other.pre_exec(stand) };
    let other = thread::spawn(move || other.status());
    seen.read_exact(&mut [0])?;
    drop(tool);
    let start = || Command::new("./tool").status();
    println!("{:?}", start().map_err(|error| error.to_string()));
    key.write_all(b"k")?;
    while start().is_err_and(|error| error.kind() == ExecutableFileBusy) {}
    println!("true: {}", other.join().expect("no panic")?);
    Ok(())
}
