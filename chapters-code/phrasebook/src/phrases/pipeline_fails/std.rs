use std::io::pipe;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let (reader, writer) = pipe()?;
    let cook = ["-c", "echo half a dish; exit 3"];
    let mut sh =
        Command::new("sh").args(cook).stdout(writer).spawn()?;
    let cat = Command::new("cat").stdin(reader).status();
    for status in [cat?, sh.wait()?] {
        if !status.success() {
            println!("it failed: {}", status.code().unwrap_or(-1));
        }
    }
    Ok(())
}
