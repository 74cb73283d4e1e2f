use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

const CLEAN: &str = "
    for file in a.tmp b.txt c.tmp; do
        echo \"delete $file?\" >&2
        read answer; echo \"$file: $answer\" >&2
    done";

pub fn main() -> anyhow::Result<()> {
    // pipe() returns the reading end first, and the writing end second.
    let (questions, child_stderr) = pipe()?;
    let (child_stdin, mut answers) = pipe()?;
    let clean = cmd!("sh", "-c", CLEAN).stdin_file(child_stdin);
    // This second expression has no name: it is dropped at the semicolon.
    let child = clean.stderr_file(child_stderr).start()?;
    for line in BufReader::new(questions).lines() {
        let line = line?;
        println!("{line}");
        if line.ends_with('?') {
            let answer = if line.contains(".tmp") { "yes" } else { "no" };
            writeln!(answers, "{answer}")?;
        }
    }
    child.wait()?;
    Ok(())
}
