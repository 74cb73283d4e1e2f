use duct::cmd;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    if let Err(error) = cmd!("false").run() {
        println!("checked: {error}");
    }
    let output = cmd!("false").unchecked().run()?;
    println!("unchecked: {}", output.status);

    let status = Command::new("false").status()?;
    println!("std: {status}");
    Ok(())
}
