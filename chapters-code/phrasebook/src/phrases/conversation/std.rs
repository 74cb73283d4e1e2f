use anyhow::Context;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    let cook = r#"while read -r it; do echo "$it is ready"; done"#;
    let mut sh = Command::new("sh");
    sh.args(["-c", cook]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = sh.spawn()?;
    let mut ask = child.stdin.take().context("it is piped")?;
    let stdout = child.stdout.take().context("it is piped")?;
    let mut answers = BufReader::new(stdout).lines();
    for dish in ["dal", "raita"] {
        writeln!(ask, "{dish}")?;
        println!("{}", answers.next().context("an answer")??);
    }
    drop(ask);
    child.wait()?;
    Ok(())
}
