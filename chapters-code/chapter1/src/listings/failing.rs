use duct::cmd;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let error = cmd!("false").run().expect_err("false fails");
    println!("checked: {error}");

    let output = cmd!("false").unchecked().run()?;
    println!("unchecked: {}", output.status);

    let status = Command::new("false").status()?;
    println!("std: {status}");
    Ok(())
}
