use duct::cmd;
use std::env::current_exe;
use std::io::{BufRead, BufReader};

const COMMAND: &str = r#"exec "$PROGRAM" own_group"#;

pub fn main() -> anyhow::Result<()> {
    let script = cmd!("script", "-qec", COMMAND, "/dev/null");
    let script = script.env("SHELL", "/bin/sh").stdin_null();
    let script = script.env("PROGRAM", current_exe()?);
    // A terminal ends each line by CR and LF. `lines()` takes both away.
    for line in BufReader::new(script.reader()?).lines() {
        println!("{}", line?);
    }
    Ok(())
}
