use anyhow::Context;
use duct::cmd;

fn guests(script: &str) -> anyhow::Result<u32> {
    let line = cmd!("sh", "-c", script).read()?;
    let number = line.strip_prefix("guests: ").context("not our line")?;
    Ok(number.parse()?)
}

pub fn main() -> anyhow::Result<()> {
    let scripts = [
        "echo guests: 4",
        "exit 3",
        "echo nobody",
        "echo guests: four",
    ];
    for script in scripts {
        match guests(script) {
            Ok(number) => println!("{script}: {number} plates"),
            Err(error) => println!("{script}: {error}"),
        }
    }
    Ok(())
}
