use duct::cmd;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::{fs, fs::Permissions};

pub fn main() -> anyhow::Result<()> {
    fs::create_dir("sub")?;
    for (tool, whose) in [("tool", "the parent's"), ("sub/tool", "sub's")] {
        // Write a script, and make it executable.
        fs::write(tool, format!("#!/bin/sh\necho \"{whose} tool\"\n"))?;
        fs::set_permissions(tool, Permissions::from_mode(0o755))?;
    }
    println!("duct: {}", cmd!("./tool").dir("sub").read()?);
    let output = Command::new("./tool").current_dir("sub").output()?;
    print!("std: {}", String::from_utf8(output.stdout)?);

    // Give the program as a path, and print what `run()` returns.
    println!("duct: {:?}", cmd!(Path::new("echo"), "hi").run());
    // Here `echo` itself prints.
    Command::new(Path::new("echo")).arg("std: hi").status()?;
    Ok(())
}
