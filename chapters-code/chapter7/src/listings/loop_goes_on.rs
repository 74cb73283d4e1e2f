use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

const LOOP: &str = r#"stty -echo; bash=$$; for i in 1 2; do
    sh -c "until grep -q '(sleep' /proc/$bash/status; do :; done; $CHILD"
    echo "round $i: $?"; done"#;

pub fn main() -> anyhow::Result<()> {
    for trap in ["trap 'exit 0' INT; ", ""] {
        let child = format!("{trap}echo ready; read word");
        println!("{child}");
        let (stdin, mut keyboard) = pipe()?;
        let script = cmd!("script", "-qec", LOOP, "/dev/null").unchecked();
        let script = script.env("SHELL", "/bin/bash").env("CHILD", child);
        let output = script.stdin_file(stdin).reader()?;
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("{line}");
            if line == "ready" {
                keyboard.write_all(b"\x03")?;
            }
        }
    }
    Ok(())
}
