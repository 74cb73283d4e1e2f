use std::io::{ErrorKind::ExecutableFileBusy, Read, Write};
use std::os::unix::{fs::OpenOptionsExt, process::CommandExt};
use std::{fs::File, fs::OpenOptions, process::Command, thread};

#[allow(unsafe_code)]
pub fn main() -> anyhow::Result<()> {
    let mut new = OpenOptions::new();
    let mut tool = new.append(true).create(true).mode(0o755).open("tool")?;
    tool.write_all(b"#!/bin/sh\necho hello\n")?;
    Command::new("mkfifo").arg("gate").status()?;
    let stand = || File::open("gate")?.read_exact(&mut [0]);
    let mut other = Command::new("true");
    // SAFETY: between fork and exec the closure only opens and reads.
    unsafe { other.pre_exec(stand) };
    // The left other is the thread, the right other the Command for true.
    let other = thread::spawn(move || other.status());
    let mut gate = OpenOptions::new().write(true).open("gate")?;
    drop(tool);
    let start = || Command::new("./tool").status();
    println!("{:?}", start().map_err(|error| error.to_string()));
    gate.write_all(b"g")?;
    // The condition starts ./tool again and again, as long as ./tool is busy.
    while start().is_err_and(|error| error.kind() == ExecutableFileBusy) {}
    println!("true: {}", other.join().expect("no panic")?);
    Ok(())
}
