use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

const COMMANDS: &str = r#"
    stty -echo
    # The child. `2>/dev/null` drops its error message.
    ask='read word 2>/dev/null </dev/tty && echo "heard $word"'
    # 1. In a session of its own.
    setsid --wait sh -c "$ask" </dev/null; echo "own session: $?"
    # 2. In a group of its own: `set -m` switches job control on.
    set -m; sh -c "$ask" </dev/null &
    # Loop until this child is stopped. Its pid is `$!`.
    until grep -q '(stopped)' /proc/$!/status; do :; done
    echo "own group: stopped"; fg >/dev/null
    # 3. In the shell's own group: `set +m` switches job control off.
    set +m; echo "our group:"; sh -c "$ask" </dev/null"#;

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut keyboard) = pipe()?;
    let script = cmd!("script", "-qec", COMMANDS, "/dev/null");
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
