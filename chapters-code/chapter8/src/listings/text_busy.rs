use std::io::{ErrorKind::ExecutableFileBusy, Read, Write, pipe};
use std::os::unix::{fs::PermissionsExt, process::CommandExt};
use std::{fs::File, fs::Permissions, process::Command, thread};

#[allow(unsafe_code)]
pub fn main() -> anyhow::Result<()> {
    let mut tool = File::create("tool")?;
    tool.set_permissions(Permissions::from_mode(0o755))?;
    tool.write_all(b"#!/bin/sh\necho hello\n")?;
    let (mut child_is_there, mut tell_main) = pipe()?;
    let (mut wait_for_main, mut let_go) = pipe()?;
    let stand = move || {
        tell_main.write_all(b"f")?;
        wait_for_main.read_exact(&mut [0])
    };
    let other = thread::spawn(move || {
        // SAFETY: between fork and exec the closure only writes and reads.
        unsafe { Command::new("true").pre_exec(stand).status() }
    });

    child_is_there.read_exact(&mut [0])?;
    drop(tool);
    let start = || Command::new("./tool").status();
    println!("{:?}", start().map_err(|error| error.to_string()));
    let_go.write_all(b"g")?;
    // The condition starts ./tool again and again, as long as it is busy.
    while start().is_err_and(|error| error.kind() == ExecutableFileBusy) {}
    println!("true: {}", other.join().expect("no panic")?);
    Ok(())
}
