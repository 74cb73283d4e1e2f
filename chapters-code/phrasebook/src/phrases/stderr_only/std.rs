use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut cook = Command::new("sh");
    cook.args(["-c", "echo dal; echo too hot >&2; exit 3"]);
    let stderr = cook.stdout(Stdio::inherit()).output()?.stderr;

    print!("taken: {}", String::from_utf8(stderr)?);
    Ok(())
}
