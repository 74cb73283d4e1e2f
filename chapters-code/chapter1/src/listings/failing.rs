use duct::cmd;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    // `expect_err` takes the error out of what `run` returned.
    let error = cmd!("false").run().expect_err("an error");
    println!("checked: {error}");

    let output = cmd!("false").unchecked().run()?;
    println!("unchecked: {}", output.status);

    let status = Command::new("false").status()?;
    println!("std: {status}");
    Ok(())
}
