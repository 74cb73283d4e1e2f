use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "echo no salt >&2; exit 3");
    let output = cook.stderr_capture().unchecked().run()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        println!("it failed: {}", said.trim_end());
    }
    Ok(())
}
