use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    let speaker = cmd!(current_exe()?, "child", "speaker");
    println!("{}", speaker.stderr_to_stdout().read()?);
    Ok(())
}
