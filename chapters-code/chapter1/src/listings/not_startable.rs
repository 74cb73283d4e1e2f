use duct::cmd;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::{env, fs, fs::Permissions, process::Command};

pub fn main() -> anyhow::Result<()> {
    fs::write("tool", "echo started by sh\n")?;
    if let Err(error) = cmd!("./tool").run() {
        println!("not executable: {:?}, {error}", error.kind());
    }
    // Now it becomes executable.
    fs::set_permissions("tool", Permissions::from_mode(0o755))?;
    if let Err(error) = cmd!("./tool").run() {
        println!("duct, ./tool: {error}");
    }
    if let Err(error) = Command::new("./tool").status() {
        println!("std, ./tool: {error}");
    }
    // For the bare name, the child's `PATH` is our own directory.
    let here = env::current_dir()?;
    println!("duct, tool: {}", cmd!("tool").env("PATH", &here).read()?);
    println!("std, tool:");
    Command::new("tool").env("PATH", here).status()?;
    println!("std, ./tool, for a user:");
    // The owner of the new file is the user that runs this listing.
    let our_uid = fs::metadata("tool")?.uid();
    Command::new("./tool").uid(our_uid).status()?;
    Ok(())
}
