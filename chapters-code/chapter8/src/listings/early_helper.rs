use chapter8::measure::milliseconds;
use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};

pub fn main() -> anyhow::Result<()> {
    let path = which::which("true")?;
    let (stdin, mut commands) = pipe()?;
    let mut answers = BufReader::new(cmd!("sh").stdin_file(stdin).reader()?);
    let memory = vec![1_u8; 512 << 20];

    let by_name = milliseconds(15, || Ok(cmd!("true").run()?))?;
    let by_path = milliseconds(15, || Ok(cmd!(&path).run()?))?;
    let by_helper = milliseconds(15, || {
        writeln!(commands, "/bin/true; echo $?")?;
        anyhow::ensure!(answers.read_line(&mut String::new())? > 0);
        Ok(())
    })?;
    println!(
        "with {} MiB, by its name: {by_name:.1} ms",
        memory.len() >> 20
    );
    println!("by its path: {by_path:.1} ms");
    println!("by a helper: {by_helper:.1} ms");
    Ok(())
}
