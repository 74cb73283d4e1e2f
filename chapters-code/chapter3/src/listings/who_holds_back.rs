use duct::cmd;
use std::fs::{self, File};
use std::io::read_to_string;

pub fn main() -> anyhow::Result<()> {
    fs::write("log", "first\n")?;
    cmd!("mkfifo", "gate").run()?;
    for tool in [
        "cat",
        // Copies each line that is not empty. -h leaves out the file's name.
        "grep -h .",
        "grep -h --line-buffered .",
        // Copies each line.
        "awk 1",
        "stdbuf -oL awk 1",
    ] {
        // exec replaces the shell by the tool, so kill() kills the tool.
        let script = format!("exec {tool} log gate");
        // unchecked(): to duct, a killed child is a failure.
        let child = cmd!("sh", "-c", script).unchecked().reader()?;
        // Waits until the tool opens gate to read, and is done with log.
        let gate = File::options().write(true).open("gate")?;
        child.kill()?;
        println!("{tool}: {:?}", read_to_string(&child)?);
        // A close before the kill would let the tool write its buffer.
        drop(gate);
    }
    Ok(())
}
