use duct::cmd;
use std::env::current_exe;

const COMMAND: &str = r#"exec "$PROGRAM" own_group"#;

pub fn main() -> anyhow::Result<()> {
    let script = cmd!("script", "-qec", COMMAND, "/dev/null");
    let script = script.env("SHELL", "/bin/sh").stdin_null();
    script.env("PROGRAM", current_exe()?).run()?;
    Ok(())
}
