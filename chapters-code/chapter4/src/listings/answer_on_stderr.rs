use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

const CLEAN: &str = "
    for file in a.tmp b.txt c.tmp; do
        echo \"delete $file?\" >&2
        read answer; echo \"$file: $answer\" >&2
    done";

pub fn main() -> anyhow::Result<()> {
    let (questions, stderr) = pipe()?;
    let (stdin, mut answers) = pipe()?;
    let clean = cmd!("sh", "-c", CLEAN).stdin_file(stdin);
    let child = clean.stderr_file(stderr).start()?;
    for line in BufReader::new(questions).lines() {
        let line = line?;
        println!("{line}");
        if line.ends_with('?') {
            let yes = line.contains(".tmp");
            writeln!(answers, "{}", if yes { "yes" } else { "no" })?;
        }
    }
    child.wait()?;
    Ok(())
}
