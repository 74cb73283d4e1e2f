use std::io::Read;
use std::process::{Command, Stdio};
use std::thread;

pub fn main() -> anyhow::Result<()> {
    let mut child = Command::new("sh")
        .args(["-c", "printf %65537s >&2; echo finished"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let pipes = (child.stdout.take(), child.stderr.take());
    let (Some(mut stdout), Some(mut stderr)) = pipes else {
        anyhow::bail!("both streams are piped");
    };
    let (mut answer, mut warnings) = (String::new(), String::new());
    thread::scope(|scope| {
        scope.spawn(|| stderr.read_to_string(&mut warnings));
        stdout.read_to_string(&mut answer)
    })?;
    println!("{answer:?}, and {} bytes of warnings", warnings.len());
    println!("{}", child.wait()?);
    Ok(())
}
