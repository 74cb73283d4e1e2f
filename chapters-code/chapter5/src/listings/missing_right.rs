use duct::cmd;
use std::io::{self, Read, Write};

pub fn main() -> anyhow::Result<()> {
    let (questions, mut ask) = io::pipe()?;
    let (mut hear, answers) = io::pipe()?;
    let left = cmd!("sh", "-c", "read question; echo \"$question Yes.\" >&2")
        .stdin_file(questions)
        .stderr_file(answers);
    if let Err(error) = left.pipe(cmd!("word-counter")).read() {
        println!("{:?}: {error}", error.kind());
    }
    drop(left);
    writeln!(ask, "Is the left side still there?")?;
    let mut heard = String::new();
    hear.read_to_string(&mut heard)?;
    print!("{heard}");
    Ok(())
}
