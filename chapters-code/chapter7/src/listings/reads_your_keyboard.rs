use duct::cmd;
use std::env::current_exe;
use std::io::{BufRead, BufReader, Write, pipe};

const COMMAND: &str = r#"stty -echo; exec "$PROGRAM" new_session"#;

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut keyboard) = pipe()?;
    let script = cmd!("script", "-qec", COMMAND, "/dev/null");
    let script = script.env("SHELL", "/bin/sh").stdin_file(stdin);
    let script = script.env("PROGRAM", current_exe()?);
    for line in BufReader::new(script.reader()?).lines() {
        let line = line?;
        println!("{line}");
        if line == "ready" {
            writeln!(keyboard, "my password")?;
        }
    }
    Ok(())
}
