use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::{fs, os::fd::AsRawFd};

pub fn main() -> anyhow::Result<()> {
    let mut sh = Command::new("sh")
        .args(["-c", "sleep 1 & echo pid $!"])
        .stdout(Stdio::piped())
        .spawn()?;
    let stdout = sh.stdout.take().expect("stdout is piped");
    let pipe = fs::read_link(format!("/proc/self/fd/{}", stdout.as_raw_fd()))?;
    let mut lines = BufReader::new(stdout).lines();
    println!("line 1: {:?}", lines.next().transpose()?);
    println!("sh has ended, {}", sh.wait()?);
    for process in fs::read_dir("/proc")? {
        let its_stdout = process?.path().join("fd/1");
        if fs::read_link(&its_stdout).is_ok_and(|it| it == pipe) {
            println!("still open: {}", its_stdout.display());
        }
    }
    println!("line 2: {:?}", lines.next().transpose()?);
    Ok(())
}
