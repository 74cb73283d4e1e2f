use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    // Starts this program again. With these arguments it runs speaker().
    let speaker = cmd!(current_exe()?, "child", "speaker");
    println!("{}", speaker.stderr_to_stdout().read()?);
    Ok(())
}
