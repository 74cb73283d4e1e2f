use chapter8::measure::milliseconds;
use duct::cmd;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write, pipe};

pub fn main() -> anyhow::Result<()> {
    let path = which::which("true")?;
    let (stdin, mut commands) = pipe()?;
    // The shell reads its commands from the pipe.
    let helper = cmd!("sh").env("TOOL", &path).stdin_file(stdin);
    let mut answers = BufReader::new(helper.reader()?);
    let memory = vec![1_u8; 512 << 20];

    let by_name = milliseconds(15, || Ok(cmd!("true").run()?))?;
    let by_path = milliseconds(15, || Ok(cmd!(&path).run()?))?;
    let by_helper = milliseconds(15, || {
        let mut status = String::new();
        // $TOOL is the path of `true`. echo $? answers with the status.
        writeln!(commands, r#""$TOOL" </dev/null; echo $?"#)?;
        answers.read_line(&mut status)?;
        anyhow::ensure!(status == "0\n", "it ended with {status:?}");
        Ok(())
    })?;
    println!("by its name: {by_name:.1} ms");
    println!("by its path: {by_path:.1} ms");
    println!("by a helper: {by_helper:.1} ms");
    // Keep an optimizing compiler from leaving the memory out.
    black_box(&memory);
    Ok(())
}
