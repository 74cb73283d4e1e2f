use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

const SHELL: &str = r#"
    stty -echo; set -m
    ask='read word 2>/dev/null </dev/tty && echo "heard $word"'
    setsid --wait sh -c "$ask" </dev/null; echo "own session: $?"
    sh -c "$ask" </dev/null &
    until grep -q '(stopped)' /proc/$!/status; do :; done
    echo "own group: stopped"; fg >/dev/null
    set +m; echo "our group:"; sh -c "$ask" </dev/null"#;

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut keyboard) = pipe()?;
    let script = cmd!("script", "-qec", SHELL, "/dev/null");
    let script = script.env("SHELL", "/bin/sh").stdin_file(stdin);
    for line in BufReader::new(script.reader()?).lines() {
        let line = line?;
        println!("{line}");
        if line == "own group: stopped" {
            writeln!(keyboard, "masala\nchai")?;
        }
    }
    Ok(())
}
