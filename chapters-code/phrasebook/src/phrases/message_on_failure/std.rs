use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let mut cook = Command::new("sh");
    cook.args(["-c", "echo no salt >&2; exit 3"]);
    let output = cook.stdout(Stdio::inherit()).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        println!("it failed: {}", said.trim_end());
    }
    Ok(())
}
