use std::io::Read;
use std::process::{Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    for end in ["process.exit()", "process.exitCode = 3"] {
        let words = "process.stdout.write('x'.repeat(1000000));";
        let mut child = Command::new("node")
            .args(["-e", &format!("{words} {end}")])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut stdout = child.stdout.take().expect("it is piped");
        let mut read = Vec::new();
        if end == "process.exit()" {
            child.wait()?;
        }
        stdout.read_to_end(&mut read)?;
        println!("{end}: {}, bytes: {}", child.wait()?, read.len());
    }
    Ok(())
}
