use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let script = r#"printf '%s\n' "$1" | tr a-z A-Z"#;
    let untrusted = "salt; echo gone";
    cmd!("sh", "-c", script, "sh", untrusted).run()?;
    Ok(())
}
