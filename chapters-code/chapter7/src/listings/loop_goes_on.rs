use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

const LOOP: &str = r#"
    stty -echo
    for i in 1 2; do sh -c "$CHILD"; echo "round $i: $?"; done"#;
// The child waits until bash, its parent, sleeps. An INT before that could
// end bash in both runs.
const WAIT: &str = "
    until grep -q '(sleeping)' /proc/$PPID/status; do :; done
    echo ready; read word";

pub fn main() -> anyhow::Result<()> {
    for first in ["trap 'exit 0' INT", "true"] {
        println!("{first}:");
        let (stdin, mut keyboard) = pipe()?;
        let script = cmd!("script", "-qec", LOOP, "/dev/null").unchecked();
        let script = script.env("SHELL", "/bin/bash").stdin_file(stdin);
        // The child of each round: the trap or `true`, and then WAIT.
        let script = script.env("CHILD", format!("{first}; {WAIT}"));
        for line in BufReader::new(script.reader()?).lines() {
            let line = line?;
            println!("{line}");
            if line == "ready" {
                keyboard.write_all(b"\x03")?;
            }
        }
    }
    Ok(())
}
