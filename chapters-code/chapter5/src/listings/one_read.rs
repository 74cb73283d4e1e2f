use duct::cmd;
use std::io::Read;
use std::{fs, thread};

pub fn main() -> anyhow::Result<()> {
    let mut reader = cmd!("head", "-c", "1000000", "/dev/zero").reader()?;
    // This file names the kernel function in which `head` sleeps.
    let wchan = format!("/proc/{}/wchan", reader.pids()[0]);
    // Go round until `head` sleeps in a write.
    while !fs::read_to_string(&wchan)?.ends_with("pipe_write") {
        thread::yield_now();
    }
    let mut buffer = vec![0; 1_048_576];
    println!("first read: {} bytes", reader.read(&mut buffer)?);
    println!("the rest: {} bytes", reader.read_to_end(&mut vec![])?);
    Ok(())
}
