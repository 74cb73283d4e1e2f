use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};
use std::{fs, thread, time::Duration};

const SHELL: &str = "stty -echo; set -m; cat & echo pid $!; read go; fg";

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut keyboard) = pipe()?;
    let script = cmd!("script", "-qec", SHELL, "/dev/null");
    let script = script.env("SHELL", "/bin/sh").stdin_file(stdin);
    for line in BufReader::new(script.reader()?).lines() {
        let line = line?;
        println!("{line}");
        if let Some(pid) = line.strip_prefix("pid ") {
            let stat = format!("/proc/{pid}/stat");
            while !fs::read_to_string(&stat)?.contains(") T ") {
                thread::sleep(Duration::from_millis(10));
            }
            println!("cat is in state T");
            keyboard.write_all(b"go\nto the foreground\n\x04")?;
        }
    }
    Ok(())
}
