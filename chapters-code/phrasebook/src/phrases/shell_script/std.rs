use anyhow::ensure;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let script = r#"printf '%s\n' "$1" | tr a-z A-Z"#;
    let untrusted = "salt; echo gone";
    let mut sh = Command::new("sh");
    let status = sh.args(["-c", script, "sh", untrusted]).status()?;
    ensure!(status.success(), "sh: {status}");
    Ok(())
}
