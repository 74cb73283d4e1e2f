use duct::cmd;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::{env, fs, fs::Permissions};

pub fn main() -> anyhow::Result<()> {
    fs::write("tool", "echo started by sh\n")?;
    if let Err(error) = cmd!("./tool").run() {
        println!("not executable: {:?}, {error}", error.kind());
    }
    fs::set_permissions("tool", Permissions::from_mode(0o755))?;
    if let Err(error) = cmd!("./tool").run() {
        println!("duct, ./tool: {error}");
    }
    if let Err(error) = Command::new("./tool").status() {
        println!("std, ./tool: {error}");
    }
    let here = env::current_dir()?;
    println!("duct, tool: {}", cmd!("tool").env("PATH", &here).read()?);
    let output = Command::new("tool").env("PATH", here).output()?;
    print!("std, tool: {}", String::from_utf8(output.stdout)?);
    Ok(())
}
