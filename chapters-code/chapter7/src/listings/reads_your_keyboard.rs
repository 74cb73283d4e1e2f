use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

// The command setsid makes a session, and becomes the inner sh.
const SHELL: &str = r#"
    stty -echo
    setsid --wait sh -c '
        true 2>/dev/null </dev/tty || echo "it cannot open /dev/tty"
        echo ready; read line; echo "and has read: $line"'"#;

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut keyboard) = pipe()?;
    let script = cmd!("script", "-qec", SHELL, "/dev/null");
    let script = script.env("SHELL", "/bin/sh").stdin_file(stdin);
    for line in BufReader::new(script.reader()?).lines() {
        let line = line?;
        println!("{line}");
        if line == "ready" {
            writeln!(keyboard, "my password")?;
        }
    }
    Ok(())
}
