use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

const PARENT: &str = r#"
    stty -echo; trap 'echo "the parent: INT"' INT
    set -m; sleep 60 & apart=$!; set +m
    sh -c 'echo ready; read word'
    echo "the child in its group: $?"
    kill $apart; wait $apart 2>/dev/null
    echo "the child in its own: $?""#;

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut keyboard) = pipe()?;
    let script = cmd!("script", "-qec", PARENT, "/dev/null");
    let script = script.env("SHELL", "/bin/sh").stdin_file(stdin);
    for line in BufReader::new(script.reader()?).lines() {
        let line = line?;
        println!("{line}");
        if line == "ready" {
            keyboard.write_all(b"\x03")?;
        }
    }
    Ok(())
}
